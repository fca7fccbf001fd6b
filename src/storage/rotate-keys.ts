import { sql } from 'kysely';
import type { Place } from './cipher.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

/** Every column that holds envelopes, and the column that names its row. */
export const SEALED = [
  { table: 'secrets', column: 'value', id: 'name', type: 'text' },
  { table: 'aliases', column: 'value', id: 'lookup', type: 'text' },
  { table: 'conversations', column: 'address', id: 'id', type: 'uuid' },
  { table: 'inbox', column: 'text', id: 'id', type: 'uuid' },
  { table: 'inbox', column: 'quoted', id: 'id', type: 'uuid' },
  { table: 'inbox', column: 'platform_id', id: 'id', type: 'uuid' },
  { table: 'turns', column: 'context', id: 'id', type: 'uuid' },
  { table: 'outbox', column: 'payload', id: 'id', type: 'uuid' },
  { table: 'outbox', column: 'platform_ids', id: 'id', type: 'uuid' },
  { table: 'legal_questions', column: 'asked', id: 'turn', type: 'uuid' },
  { table: 'write_back', column: 'reference', id: 'lookup', type: 'text' },
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
  { table, column, id, type }: (typeof SEALED)[number],
  limit: number,
): Promise<number> {
  const [tableName, idName, sealedName] = [sql.table(table), sql.ref(id), sql.ref(`${column}_sealed`)];
  const { rows } = await sql<{ id: string; sealed: string }>`
    select ${idName}::text as id, ${sealedName} as sealed from ${tableName}
    where ${sealedName} is not null and not starts_with(${sealedName}, ${`v1.${cipher.currentKeyId}.`}::text)
    limit ${limit}::int for update`.execute(db);
  if (rows.length === 0) return 0;
  const sealed = rows.map((row) => {
    const place: Place = `${table}.${column}:${row.id}`;
    return cipher.seal(cipher.open(row.sealed, place), place);
  });
  await sql`
    update ${tableName} set ${sealedName} = v.sealed
    from unnest(${rows.map((row) => row.id)}::${sql.raw(type)}[], ${sealed}::text[]) as v(row_id, sealed)
    where ${tableName}.${idName} = v.row_id`.execute(db);
  return rows.length;
}
