import { Command, InvalidArgumentError, Option } from 'commander';
import type { Assistant } from '../assistant.ts';
import { guatemalanDay } from '../conversation/handle-message.ts';
import { UsageError } from '../errors.ts';
import { ask, askBatch, type Print } from './ask-command.ts';
import { indexCommand } from './index-command.ts';
import { checkCommand, listCommand } from './knowledge-commands.ts';
import { search, searchBatch } from './search-command.ts';

/** What the commands reach out to; opened only by those that need it. */
export interface CommandParts {
  readonly openAssistant: () => Promise<Assistant>;
  /** Folder of everything Orienta writes. */
  readonly dataDir: string;
  readonly knowledgeDir: string;
  readonly publicUrl: string | undefined;
  readonly print: Print;
  readonly printProgress: Print;
  readonly now: () => Date;
  /** Called with the exit code of a command that ran but found something wrong. */
  readonly fail: (code: number) => void;
}

/** The command line of `orienta`. */
export function createProgram(parts: CommandParts): Command {
  const program = new Command('orienta')
    .description('Normas migratorias de Guatemala en palabras sencillas, con su cita.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: (text) => parts.print(text.trimEnd()) });
  addAsk(program, parts);
  addSearch(program, parts);
  addKnowledge(program, parts);
  addIndex(program, parts);
  return program;
}

function addAsk(program: Command, parts: CommandParts): void {
  program
    .command('ask')
    .description('responde una pregunta, o un archivo de ellas con --batch')
    .argument('[pregunta]')
    .addOption(
      new Option('--channel <canal>', 'como lo leería quien escribe por ese canal')
        .choices(['whatsapp', 'teams', 'web'])
        .default('web'),
    )
    .option('--batch <archivo>', 'líneas {"id","channel","turns":["…"]}')
    .option('--as-of <fecha>', 'el día sobre el que se pregunta, AAAA-MM-DD', readDate)
    .option('--json', 'una línea JSON por respuesta', false)
    .action(async (question: string | undefined, { channel, batch, asOf, json }) => {
      const options = { channel, asOf, json, publicUrl: parts.publicUrl };
      const input = oneInput(question, batch, 'orienta ask');
      const assistant = await parts.openAssistant();
      if (input.kind === 'batch') await askBatch(input.file, options, assistant, parts.print);
      else await ask(input.question, options, assistant, parts.print);
    });
}

function addSearch(program: Command, parts: CommandParts): void {
  program
    .command('search')
    .description('muestra las fichas que se encuentran para una pregunta')
    .argument('[pregunta]')
    .option('-k <cuántas>', 'cuántas fichas', readCount, 10)
    .addOption(new Option('--audience <audiencia>').choices(['public', 'staff']).default('public'))
    .option('--batch <archivo>', 'líneas {"id","turns":["…"]}')
    .option('--as-of <fecha>', 'el día sobre el que se pregunta, AAAA-MM-DD', readDate)
    .option('--json', 'una línea JSON por pregunta', false)
    .action(async (question: string | undefined, { k, audience, batch, asOf, json }) => {
      const options = { limit: k, audience, asOf: asOf ?? guatemalanDay(parts.now()), json };
      const input = oneInput(question, batch, 'orienta search');
      const assistant = await parts.openAssistant();
      if (input.kind === 'batch') await searchBatch(input.file, options, assistant, parts.print);
      else await search(input.question, options, assistant, parts.print);
    });
}

function addKnowledge(program: Command, parts: CommandParts): void {
  const knowledge = program.command('knowledge').description('revisa y muestra las fichas');
  knowledge
    .command('check')
    .description('busca fallas en los archivos de knowledge/')
    .option('--json', 'el informe como JSON', false)
    .action(async ({ json }) => parts.fail(await checkCommand(parts.knowledgeDir, json, parts.print)));
  knowledge
    .command('list')
    .description('lista las fichas')
    .option('--unvalidated', 'solo las que nadie ha validado', false)
    .option('--json', 'una línea JSON por ficha', false)
    .action(async ({ unvalidated, json }) =>
      listCommand(parts.knowledgeDir, { unvalidated, json }, parts.print),
    );
}

function addIndex(program: Command, parts: CommandParts): void {
  program
    .command('index')
    .description('construye el índice de búsqueda si hace falta')
    .option('--rebuild', 'lo construye de nuevo', false)
    .action(async ({ rebuild }) => indexCommand({ rebuild, ...parts }));
}

type Input =
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'batch'; readonly file: string };

function oneInput(question: string | undefined, batch: string | undefined, command: string): Input {
  if (batch !== undefined && question === undefined) return { kind: 'batch', file: batch };
  if (batch === undefined && question !== undefined && question.trim() !== '')
    return { kind: 'question', question };
  throw new UsageError(`Escriba: ${command} "<pregunta>"  o  ${command} --batch ARCHIVO.jsonl --json`);
}

function readDate(value: string): string {
  const day = new Date(`${value}T00:00:00Z`);
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || !exists)
    throw new InvalidArgumentError('escriba una fecha AAAA-MM-DD');
  return value;
}

function readCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 100)
    throw new InvalidArgumentError('escriba un número de 1 a 100');
  return count;
}
