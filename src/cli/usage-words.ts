import { CommanderError } from 'commander';

const WORDS: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'Ese comando no existe.',
  'commander.unknownOption': 'Esa opción no existe.',
  'commander.missingArgument': 'Falta un dato.',
  'commander.optionMissingArgument': 'A una opción le falta su valor.',
  'commander.missingMandatoryOptionValue': 'Falta una opción obligatoria.',
  'commander.invalidArgument': 'Un valor no sirve.',
  'commander.excessArguments': 'Sobra un dato; escriba la pregunta entre comillas.',
};

/** One line for a command line that cannot be understood: what is wrong and what to write. */
export function usageLine(error: CommanderError): string {
  const detail = /'([^']+)'/.exec(error.message)?.[1];
  const words = WORDS[error.code] ?? 'No se entiende el comando.';
  return `${words}${detail === undefined ? '' : ` (${detail})`} Escriba: orienta ask "<pregunta>" [--channel whatsapp|teams|web] [--as-of AAAA-MM-DD] [--json]; todo lo demás con orienta --help`;
}

/** Whether commander stopped because it was asked for help or the version, which is no mistake. */
export function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && error.exitCode === 0;
}
