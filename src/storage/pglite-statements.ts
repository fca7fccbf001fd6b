import { messages, type PGlite, protocol, types } from '@electric-sql/pglite';
import type { RunStatement } from './engine.ts';

/*
 * PGlite's own `query` parses and plans every statement anew, in six steps. Here a statement is prepared once and then
 * bound and run in one step, with its plan kept by PostgreSQL: half the time for the store's longer statements.
 */

interface Prepared {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  readonly columns: readonly { readonly name: string; readonly type: number }[];
}

/** Statements beyond these run unprepared: a text that grows with its list of values would fill the memory. */
const MOST_PREPARED = 200;
const { serialize } = protocol;

/** @param database only used by one caller at a time */
export function prepareStatements(database: PGlite): RunStatement {
  const known = new Map<string, Prepared>();
  return async <R>(text: string, parameters: readonly unknown[]) => {
    let prepared = known.get(text);
    // A statement without parameters is not one of the many that carry messages.
    if (parameters.length === 0 || (prepared === undefined && known.size >= MOST_PREPARED)) {
      const { rows, command, affectedRows } = await database.query<R>(text, [...parameters]);
      return { rows, command: command ?? '', rowCount: affectedRows ?? rows.length };
    }
    if (prepared === undefined) {
      prepared = await prepare(database, `s${known.size}`, text);
      known.set(text, prepared);
    }
    return run<R>(database, prepared, parameters);
  };
}

async function prepare(database: PGlite, name: string, text: string): Promise<Prepared> {
  const request = [
    serialize.parse({ name, text }),
    serialize.describe({ type: 'S', name }),
    serialize.sync(),
  ];
  const answer = await database.execProtocol(Buffer.concat(request), { syncToFs: false });
  let parameterTypes: readonly number[] = [];
  let columns: Prepared['columns'] = [];
  for (const message of answer.messages) {
    if (message instanceof messages.ParameterDescriptionMessage) parameterTypes = message.dataTypeIDs;
    if (message instanceof messages.RowDescriptionMessage) {
      columns = message.fields.map((field) => ({ name: field.name, type: field.dataTypeID }));
    }
  }
  return { name, parameterTypes, columns };
}

async function run<R>(
  database: PGlite,
  { name, parameterTypes, columns }: Prepared,
  parameters: readonly unknown[],
): Promise<Awaited<ReturnType<RunStatement>> & { readonly rows: R[] }> {
  const values = parameters.map((value, index) => asText(database, value, parameterTypes[index] ?? 0));
  const request = [serialize.bind({ statement: name, values }), serialize.execute({}), serialize.sync()];
  const answer = await database.execProtocol(Buffer.concat(request));
  const rows: R[] = [];
  let tag = '';
  for (const message of answer.messages) {
    if (message instanceof messages.DataRowMessage) {
      const row = columns.map(({ name: column, type }, at) => [
        column,
        types.parseType(message.fields[at] ?? null, type, database.parsers),
      ]);
      rows.push(Object.fromEntries(row));
    }
    if (message instanceof messages.CommandCompleteMessage) tag = message.text;
  }
  const [command = ''] = tag.split(' ');
  return { rows, command, rowCount: Number(tag.split(' ').at(-1)) || 0 };
}

function asText(database: PGlite, value: unknown, type: number): string | null {
  if (value === null || value === undefined) return null;
  return (database.serializers[type] ?? String)(value);
}
