import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Cipher } from './cipher.ts';
import type { Schema } from './schema.ts';

/** Name of the secret's row, and the place it is sealed for. */
export const LOOKUP_SECRET = 'lookup';
export const LOOKUP_SECRET_PLACE = `secrets.value:${LOOKUP_SECRET}` as const;

/**
 * The store's secret for lookups, made on first use and kept sealed. Opening it proves the key: with a wrong one the
 * store is not opened at all, rather than filled with data of two keys.
 * @throws {AppError} `KEY_INVALID`; nothing has been changed then
 */
export async function openLookupSecret(db: Kysely<Schema>, cipher: Cipher): Promise<Buffer> {
  const made = cipher.seal(randomBytes(32).toString('base64'), LOOKUP_SECRET_PLACE);
  await db
    .insertInto('secrets')
    .values({ name: LOOKUP_SECRET, value_sealed: made })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('secrets')
    .select('value_sealed')
    .where('name', '=', LOOKUP_SECRET)
    .executeTakeFirstOrThrow();
  try {
    return Buffer.from(cipher.open(row.value_sealed, LOOKUP_SECRET_PLACE), 'base64');
  } catch (cause) {
    const reason = cause instanceof AppError ? ` ${cause.message}` : '';
    throw new AppError(
      'KEY_INVALID',
      `La clave de cifrado no es la de esta base de datos.${reason} Ponga en DATA_KEYS la clave con que se guardó; no se ha cambiado nada.`,
      { cause },
    );
  }
}
