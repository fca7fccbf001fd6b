import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { type OpenedOperations, openOperations } from '../operations/open-operations.ts';
import type { DeadLetter } from '../storage/dead-letters.ts';
import type { Print } from './ask-command.ts';
import { refuseUsage, USAGE } from './usage.ts';

/** What the commands on the store need. */
export interface StoreCommandParts {
  readonly config: () => Config;
  readonly print: Print;
}

/** Adds the commands that work on what Orienta keeps: dead letters, backups. */
export function addStoreCommands(program: Command, parts: StoreCommandParts): void {
  addDeadLetters(program, parts);
  addBackups(program, parts);
}

function addDeadLetters(program: Command, parts: StoreCommandParts): void {
  const letters = program
    .command('dead-letters')
    .exitOverride(refuseUsage(USAGE['dead-letters']))
    .description('los mensajes que no se pudieron responder o entregar');
  letters
    .command('list')
    .description('los lista, el más reciente primero')
    .option('--json', 'una línea JSON por mensaje', false)
    .action(({ json }) =>
      withOperations(parts, async ({ operations }) => {
        const found = await operations.listDeadLetters();
        for (const letter of found) parts.print(json ? JSON.stringify(toJson(letter)) : toLine(letter));
        if (found.length === 0 && !json) parts.print('No hay mensajes fallidos.');
      }),
    );
  letters
    .command('resend')
    .description('vuelve a intentar uno, por su id o su número de caso')
    .argument('<id>')
    .action((id: string) =>
      withOperations(parts, async ({ operations, by }) => {
        const { caseNumber } = await operations.resendDeadLetter(id);
        const when = by === 'running' ? 'Orienta lo intenta ahora' : 'Orienta lo intentará cuando arranque';
        parts.print(`El caso ${caseNumber} está otra vez en la cola: ${when}.`);
      }),
    );
}

function addBackups(program: Command, parts: StoreCommandParts): void {
  program
    .command('backup')
    .exitOverride(refuseUsage(USAGE.backup))
    .description('guarda todo en una carpeta nueva, con Orienta en marcha o detenida')
    .argument('<carpeta>')
    .action((folder: string) =>
      withOperations(parts, async ({ operations }) => {
        const path = resolve(folder);
        const { rows, keyIds } = await operations.backup(path);
        parts.print(`Respaldo hecho en ${path}: ${rows} registros.`);
        parts.print(
          `Para restaurarlo hace falta la clave ${keyIds.join(', ')}, que no va en el respaldo: guárdela aparte.`,
        );
      }),
    );
  program
    .command('restore')
    .exitOverride(refuseUsage(USAGE.restore))
    .description('pone un respaldo en lugar de lo que hay, con Orienta en marcha o detenida')
    .argument('<carpeta>')
    .action((folder: string) =>
      withOperations(parts, async ({ operations }) => {
        const path = resolve(folder);
        const { erasures, setAside } = await operations.restore(path);
        parts.print(`Respaldo restaurado desde ${path}.`);
        if (erasures > 0) parts.print(`Se aplicaron de nuevo ${erasures} borrados posteriores al respaldo.`);
        if (setAside !== undefined) {
          parts.print(
            `La base anterior no se podía abrir y quedó en ${setAside}; los borrados anotados en ella no se aplicaron.`,
          );
        }
      }),
    );
}

async function withOperations(
  { config }: StoreCommandParts,
  work: (opened: OpenedOperations) => Promise<void>,
): Promise<void> {
  const opened = await openOperations(config());
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

const KINDS: Readonly<Record<DeadLetter['kind'], string>> = {
  message: 'sin respuesta',
  delivery: 'sin entregar',
};

function toLine({ caseNumber, since, channel, kind, failures, reason, canResend }: DeadLetter): string {
  const again = canResend ? '' : '\tya no se puede reenviar';
  return `${caseNumber}\t${since.toISOString()}\t${channel}\t${KINDS[kind]}\t${failures} intentos\t${reason}${again}`;
}

function toJson({ caseNumber, since, ...rest }: DeadLetter): object {
  return { ...rest, case: caseNumber, since: since.toISOString() };
}
