import { type Kysely, sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { DataKeys } from './data-keys.ts';
import { SEALED } from './rotate-keys.ts';
import type { Schema } from './schema.ts';

/**
 * Proves that no value is sealed with a key that is not at hand. One that could not be opened would hold its whole
 * conversation up, and the operator would learn of it only then.
 * @throws {AppError} `KEY_INVALID` naming the missing keys
 */
export async function demandKnownKeys(db: Kysely<Schema>, keys: DataKeys): Promise<void> {
  const missing = new Set<string>();
  for (const { table, column } of SEALED) {
    const name = sql.ref(`${column}_sealed`);
    const { rows } = await sql<{ key: string }>`
      select distinct split_part(${name}, '.', 2) as key from ${sql.table(table)} where ${name} is not null`.execute(
      db,
    );
    for (const { key } of rows) if (!keys.all.has(key)) missing.add(key);
  }
  if (missing.size === 0) return;
  throw new AppError(
    'KEY_INVALID',
    `Hay datos cifrados con claves que faltan en DATA_KEYS: ${[...missing].join(', ')}. Agréguelas después de la clave actual; no se ha cambiado nada.`,
  );
}
