import { sql } from 'kysely';
import type { Place } from './cipher.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

/** Every column that holds envelopes, and the column that names its row. */
export const SEALED = [
  { table: 'secrets', column: 'value', id: 'name' },
  { table: 'aliases', column: 'value', id: 'lookup' },
  { table: 'conversations', column: 'address', id: 'id' },
  { table: 'inbox', column: 'text', id: 'id' },
  { table: 'inbox', column: 'platform_id', id: 'id' },
  { table: 'turns', column: 'context', id: 'id' },
  { table: 'outbox', column: 'payload', id: 'id' },
  { table: 'outbox', column: 'platform_ids', id: 'id' },
  { table: 'write_back', column: 'reference', id: 'lookup' },
] as const;

/**
 * Seals again what is not sealed with the current key, at most `batch` values, in one step. Repeated until it returns
 * 0, the old key is needed by nothing any more. Rows stay readable meanwhile: every envelope names its key.
 */
export function rotateKeys(context: StoreContext, batch: number): Promise<number> {
  return inTransaction(context, async (within) => {
    let done = 0;
    for (const column of SEALED) {
      if (done >= batch) break;
      done += await rotateColumn(within, column, batch - done);
    }
    return done;
  });
}

async function rotateColumn(
  { db, cipher }: StoreContext,
  { table, column, id }: (typeof SEALED)[number],
  limit: number,
): Promise<number> {
  const [tableName, idName, sealedName] = [sql.table(table), sql.ref(id), sql.ref(`${column}_sealed`)];
  const { rows } = await sql<{ id: string; sealed: string }>`
    select ${idName}::text as id, ${sealedName} as sealed from ${tableName}
    where ${sealedName} is not null and not starts_with(${sealedName}, ${`v1.${cipher.currentKeyId}.`}::text)
    limit ${limit}::int for update`.execute(db);
  for (const row of rows) {
    const place: Place = `${table}.${column}:${row.id}`;
    const sealed = cipher.seal(cipher.open(row.sealed, place), place);
    await sql`update ${tableName} set ${sealedName} = ${sealed}::text where ${idName}::text = ${row.id}::text`.execute(
      db,
    );
  }
  return rows.length;
}
