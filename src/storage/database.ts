import { Kysely, PostgresDialect } from 'kysely';
import type { Logger } from '../log.ts';
import { lockDataDir } from './data-lock.ts';
import { type Engine, enginePool } from './engine.ts';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import type { Migration } from './migrations/migration.ts';
import { openPglite } from './pglite-engine.ts';
import { openPostgres } from './postgres-engine.ts';
import type { Schema } from './schema.ts';

/** An open database in the shape this program knows. */
export interface Database {
  readonly kind: Engine['kind'];
  readonly sql: Kysely<Schema>;
  /** Ends its connections and frees the data folder. Safe to call twice. */
  close(): Promise<void>;
}

/** Where the database is. */
export interface DatabaseOptions {
  /** Address of a PostgreSQL server; without it PGlite is opened under `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly log: Logger;
  /** Other steps than the program's own, for tests of the steps themselves. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the database and brings it to this program's shape.
 * @throws {AppError} `STORE_LOCKED`, `STORE_UNUSABLE`, `STORE_UNAVAILABLE` or `MIGRATION_REFUSED`, each with one
 * sentence for the operator; what was there before is untouched
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, dataDir, log, migrations = allMigrations } = options;
  if (databaseUrl !== undefined) return ready(openPostgres(databaseUrl, log), migrations, () => {});
  const lock = await lockDataDir(dataDir);
  try {
    return await ready(await openPglite(dataDir), migrations, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function ready(engine: Engine, migrations: readonly Migration[], free: () => void): Promise<Database> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: enginePool(engine) }) });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= db.destroy().finally(free);
    return closing;
  };
  try {
    await migrate(db, migrations);
  } catch (error) {
    await close();
    throw error;
  }
  return { kind: engine.kind, sql: db, close };
}
