import { randomUUID } from 'node:crypto';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock.ts';
import {
  BACKED_UP,
  type BackedUp,
  damaged,
  type Lines,
  type Manifest,
  readTable,
  verifyBackupFolder,
  writeBackupFolder,
} from './backup-files.ts';
import { createCipher, createLookup } from './cipher.ts';
import type { DataKeys } from './data-keys.ts';
import type { Database } from './database.ts';
import { LOOKUP_SECRET, LOOKUP_SECRET_PLACE } from './lookup-secret.ts';
import type { Schema } from './schema.ts';
import { sqlErasure } from './sql-erasure.ts';

/** What backups and restores work on. */
export interface BackupParts {
  readonly database: Database;
  readonly keys: DataKeys;
  readonly clock?: Clock;
}

const PAGE = 500;

/**
 * Writes everything there is at one moment into a new folder, while others go on working. Values stay sealed; the
 * manifest names the keys, the keys are not in it.
 * @throws {AppError} `USAGE` when the folder is not empty, `STORE_UNUSABLE` when it cannot be written
 */
export async function createBackup(parts: BackupParts, folder: string): Promise<Manifest> {
  const { database, keys, clock = systemClock } = parts;
  return writeBackupFolder(folder, (write) =>
    database.sql
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (db) => {
        const migrations = await db
          .selectFrom('migrations')
          .select(['id', 'checksum'])
          .orderBy('id')
          .execute();
        const files = [];
        for (const table of BACKED_UP) files.push(await write(table, rowsOf(db, table)));
        return {
          format: 1,
          createdAt: clock.now().toISOString(),
          keyIds: [...keys.all.keys()],
          migrations,
          files,
        };
      }),
  );
}

async function* rowsOf(db: Kysely<Schema>, table: BackedUp): Lines {
  const run = (text: string) => db.executeQuery<{ line: string }>(CompiledQuery.raw(text));
  await run(`declare backup_rows no scroll cursor for select row_to_json(t)::text as line from ${table} t`);
  for (;;) {
    const { rows } = await run(`fetch ${PAGE} from backup_rows`);
    if (rows.length === 0) break;
    yield rows.map((row) => row.line);
  }
  await run('close backup_rows');
}

/**
 * Puts a backup in the place of what is there. Everything about it is checked first; then it goes in as one step, and
 * who was erased since the backup is erased again. The store has to be opened anew afterwards.
 * @returns how many erasures were applied again
 * @throws {AppError} `BACKUP_INVALID` or `KEY_INVALID`; nothing has been changed then
 */
export async function restoreBackup(parts: BackupParts, folder: string): Promise<number> {
  const { database, keys, clock = systemClock } = parts;
  const manifest = await verifyBackupFolder(folder);
  const cipher = createCipher(keys);
  await proveKeys(folder, cipher);
  return database.sql.transaction().execute(async (db) => {
    const current = await db.selectFrom('migrations').select(['id', 'checksum']).orderBy('id').execute();
    if (JSON.stringify(current) !== JSON.stringify(manifest.migrations)) {
      throw damaged(folder, 'es de otra versión de Orienta; restáurelo con la versión que lo hizo');
    }
    const context = {
      db,
      cipher,
      lookup: createLookup(Buffer.alloc(32)),
      clock,
      newId: randomUUID,
      gatherMs: 0,
    };
    const erasures = await sqlErasure(context).list();
    await sql`truncate ${sql.join(BACKED_UP.map((table) => sql.table(table)))}, leases`.execute(db);
    for (const table of BACKED_UP) await load(db, folder, table);
    await freeLeases(db);
    return sqlErasure(context).apply(erasures);
  });
}

async function load(db: Kysely<Schema>, folder: string, table: BackedUp): Promise<void> {
  const name = sql.table(table);
  for await (const page of readTable(folder, table, PAGE)) {
    await sql`insert into ${name} overriding system value
      select * from json_populate_recordset(null::${name}, ${`[${page.join(',')}]`}::text::json)`.execute(db);
  }
  if (table !== 'inbox' && table !== 'outbox') return;
  await sql`select setval(pg_get_serial_sequence(${table}::text, 'seq'), greatest((select max(seq) from ${name}), 1))`.execute(
    db,
  );
}

/** Nobody of the time of the backup holds anything any more. */
async function freeLeases(db: Kysely<Schema>): Promise<void> {
  for (const table of ['inbox', 'outbox', 'schedule'] as const) {
    await db.updateTable(table).set({ lease: null, leased_until: null }).execute();
  }
}

const secretRowSchema = z.object({ name: z.string(), value_sealed: z.string() });

async function proveKeys(folder: string, cipher: ReturnType<typeof createCipher>): Promise<void> {
  for await (const page of readTable(folder, 'secrets', PAGE)) {
    for (const line of page) {
      const row = secretRowSchema.parse(JSON.parse(line));
      if (row.name === LOOKUP_SECRET) return void cipher.open(row.value_sealed, LOOKUP_SECRET_PLACE);
    }
  }
  throw damaged(folder, 'no trae el secreto de las direcciones');
}
