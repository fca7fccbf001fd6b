import type { CommanderError } from 'commander';
import { UsageError } from '../errors.ts';

/** What to write, a command each; the first is for whoever wrote none. */
export const USAGE = {
  orienta: 'orienta ask "<pregunta>"; los demás comandos, con orienta --help',
  ask: 'orienta ask "<pregunta>" [--channel whatsapp|teams|web] [--as-of AAAA-MM-DD] [--json]  o  orienta ask --batch ARCHIVO.jsonl --json',
  search:
    'orienta search "<pregunta>" [-k 10] [--audience public|staff] [--as-of AAAA-MM-DD] [--json]  o  orienta search --batch ARCHIVO.jsonl --json',
  knowledge: 'orienta knowledge check [--json]  o  orienta knowledge list [--unvalidated] [--json]',
  index: 'orienta index [--rebuild]',
  'dead-letters': 'orienta dead-letters list [--json]  o  orienta dead-letters resend ID',
  backup: 'orienta backup CARPETA',
  restore: 'orienta restore CARPETA',
  whatsapp: 'orienta whatsapp link [--phone 50255551234]',
  teams: 'orienta teams package [--out ARCHIVO.zip] [--app-version 1.0.0]',
} as const satisfies Readonly<Record<string, string>>;

/** Commander's headings, for its `configureHelp`. */
export function helpTitle(title: string): string {
  return HELP_TITLES[title] ?? title;
}

const HELP_TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Uso:',
  'Arguments:': 'Datos:',
  'Options:': 'Opciones:',
  'Commands:': 'Comandos:',
};

const WORDS: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'Ese comando no existe',
  'commander.unknownOption': 'Esa opción no existe',
  'commander.missingArgument': 'Falta un dato',
  'commander.optionMissingArgument': 'A esa opción le falta su valor',
  'commander.excessArguments': 'Sobra un dato; lo que lleva espacios va entre comillas',
  'commander.help': 'Falta el comando',
};

/**
 * For commander's `exitOverride`: turns what it could not understand into one line that says what is wrong and what to
 * write. Help and the version, which are no mistakes, pass through.
 */
export function refuseUsage(usage: string): (error: CommanderError) => never {
  return (error) => {
    if (error.exitCode === 0) throw error;
    throw new UsageError(`${whatIsWrong(error)}. Escriba: ${usage}`);
  };
}

function whatIsWrong({ code, message }: CommanderError): string {
  if (code === 'commander.invalidArgument') return invalidValue(message);
  const name = code === 'commander.excessArguments' ? undefined : /'([^']+)'/.exec(message)?.[1];
  const words = WORDS[code] ?? 'No se entiende el comando';
  return name === undefined ? words : `${words} (${name})`;
}

/** Commander says: error: option '--channel <canal>' argument 'fax' is invalid. Allowed choices are whatsapp, teams. */
function invalidValue(message: string): string {
  const [, option = '', value = '', why = ''] =
    /option '([^' ]+)[^']*' argument '(.*)' is invalid\. (.*)$/s.exec(message) ?? [];
  const allowed = why.replace(/^Allowed choices are /, 'escriba uno de estos: ').replace(/\.$/, '');
  return `«${value}» no sirve para ${option}; ${allowed}`.replace(/\s+/g, ' ');
}
