import { Command, InvalidArgumentError, Option } from 'commander';
import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import { guatemalanDay } from '../conversation/guatemalan-time.ts';
import { UsageError } from '../errors.ts';
import { ask, askBatch, type Print } from './ask-command.ts';
import { type BatchLine, readBatch } from './batch.ts';
import { checkRecordings } from './check-recordings.ts';
import { indexCommand } from './index-command.ts';
import { checkCommand, listCommand } from './knowledge-commands.ts';
import { search, searchBatch } from './search-command.ts';
import { addStoreCommands } from './store-commands.ts';
import { addTeamsCommands } from './teams-commands.ts';
import { helpTitle, refuseUsage, USAGE } from './usage.ts';
import { addWhatsAppCommands } from './whatsapp-commands.ts';

/** What the commands reach out to; opened only by those that need it. */
export interface CommandParts {
  readonly version: string;
  /** Read only by commands that need it: help does without, however wrong it is. */
  readonly config: () => Config;
  readonly openAssistant: (config: Config) => Promise<Assistant>;
  readonly knowledgeDir: string;
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
    .version(parts.version, '-V, --version', 'dice la versión')
    .helpOption('-h, --help', 'muestra esta ayuda')
    .helpCommand('help [comando]', 'muestra la ayuda de un comando')
    .exitOverride(refuseUsage(USAGE.orienta))
    .configureHelp({ styleTitle: helpTitle })
    .configureOutput({ writeErr: () => undefined, writeOut: (text) => parts.print(text.trimEnd()) });
  addAsk(program, parts);
  addSearch(program, parts);
  addKnowledge(program, parts);
  addIndex(program, parts);
  addStoreCommands(program, parts);
  addWhatsAppCommands(program, parts);
  addTeamsCommands(program, parts);
  return program;
}

function addAsk(program: Command, parts: CommandParts): void {
  program
    .command('ask')
    .exitOverride(refuseUsage(USAGE.ask))
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
      const input = await readInput(question, batch, USAGE.ask);
      const config = parts.config();
      const options = { channel, asOf, json };
      const assistant = await parts.openAssistant(config);
      if (input.kind === 'batch') await askBatch(input.lines, options, assistant, parts.print);
      else await ask(input.question, options, assistant, parts.print);
    });
}

function addSearch(program: Command, parts: CommandParts): void {
  program
    .command('search')
    .exitOverride(refuseUsage(USAGE.search))
    .description('muestra las fichas que se encuentran para una pregunta')
    .argument('[pregunta]')
    .option('-k <cuántas>', 'cuántas fichas', readCount, 10)
    .addOption(new Option('--audience <audiencia>').choices(['public', 'staff']).default('public'))
    .option('--batch <archivo>', 'líneas {"id","turns":["…"]}')
    .option('--as-of <fecha>', 'el día sobre el que se pregunta, AAAA-MM-DD', readDate)
    .option('--json', 'una línea JSON por pregunta', false)
    .action(async (question: string | undefined, { k, audience, batch, asOf, json }) => {
      const input = await readInput(question, batch, USAGE.search);
      const options = { limit: k, audience, asOf: asOf ?? guatemalanDay(parts.now()), json };
      const assistant = await parts.openAssistant(parts.config());
      if (input.kind === 'batch') await searchBatch(input.lines, options, assistant, parts.print);
      else await search(input.question, options, assistant, parts.print);
    });
}

function addKnowledge(program: Command, parts: CommandParts): void {
  const knowledge = program
    .command('knowledge')
    .exitOverride(refuseUsage(USAGE.knowledge))
    .description('revisa y muestra las fichas');
  knowledge
    .command('check')
    .description('busca fallas en los archivos de knowledge/')
    .option('--json', 'el informe como JSON', false)
    .action(async ({ json }) => {
      // Recordings are made from messages without a link, which leaves the more room for words.
      const openUnlinked = () => parts.openAssistant({ ...parts.config(), PUBLIC_URL: undefined });
      const recordings = () => checkRecordings(parts.knowledgeDir, openUnlinked, parts.now);
      parts.fail(await checkCommand(parts.knowledgeDir, json, parts.print, recordings));
    });
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
    .exitOverride(refuseUsage(USAGE.index))
    .description('construye el índice de búsqueda si hace falta')
    .option('--rebuild', 'lo construye de nuevo', false)
    .action(async ({ rebuild }) => indexCommand({ rebuild, dataDir: parts.config().DATA_DIR, ...parts }));
}

type Input =
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'batch'; readonly lines: readonly BatchLine[] };

/** Reads what is asked before anything is opened: a fault in it is told at once. */
async function readInput(
  question: string | undefined,
  batch: string | undefined,
  usage: string,
): Promise<Input> {
  if (batch !== undefined && question === undefined) return { kind: 'batch', lines: await readBatch(batch) };
  if (batch === undefined && question !== undefined && question.trim() !== '')
    return { kind: 'question', question };
  const wrong = batch === undefined ? 'Falta la pregunta' : 'Ponga una pregunta o --batch, no los dos';
  throw new UsageError(`${wrong}. Escriba: ${usage}`);
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
