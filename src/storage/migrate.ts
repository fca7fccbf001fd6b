import { createHash } from 'node:crypto';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { Migration } from './migrations/migration.ts';
import type { Schema } from './schema.ts';

/**
 * Brings the database to the shape this program knows. Each step runs in a transaction of its own that holds a lock
 * and looks again under it, so gateways that start together apply it once.
 * @throws {AppError} `MIGRATION_REFUSED` when the database was written by a newer or a changed program, or a step
 * cannot be applied; nothing has been changed then
 */
export async function migrate(db: Kysely<Schema>, steps: readonly Migration[]): Promise<void> {
  if (check(await applied(db), steps) === 'current') return;
  await underLock(db, async (locked) => {
    await sql`create table if not exists migrations (
      id int primary key, name text not null, checksum text not null, applied_at timestamptz not null)`.execute(
      locked,
    );
  });
  for (const step of steps) await underLock(db, (locked) => applyOnce(locked, step, steps));
}

async function applyOnce(db: Kysely<Schema>, step: Migration, steps: readonly Migration[]): Promise<void> {
  const before = await applied(db);
  check(before, steps);
  if (before.some((row) => row.id === step.id)) return;
  try {
    await db.executeQuery(CompiledQuery.raw(step.script));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'MIGRATION_REFUSED',
      `La migración ${step.id} (${step.name}) no se puede aplicar: la base de datos tiene tablas a medio hacer o ajenas. No se cambió nada. Restaure un respaldo o use una base vacía.`,
      { cause },
    );
  }
  const row = { id: step.id, name: step.name, checksum: checksum(step) };
  await sql`insert into migrations (id, name, checksum, applied_at)
    values (${row.id}, ${row.name}, ${row.checksum}, clock_timestamp())`.execute(db);
}

type Applied = { readonly id: number; readonly name: string; readonly checksum: string };

async function applied(db: Kysely<Schema>): Promise<readonly Applied[]> {
  const found = await sql<{ there: boolean }>`select to_regclass('migrations') is not null as there`.execute(
    db,
  );
  if (found.rows[0]?.there !== true) return [];
  return db.selectFrom('migrations').select(['id', 'name', 'checksum']).orderBy('id').execute();
}

function check(rows: readonly Applied[], steps: readonly Migration[]): 'current' | 'behind' {
  rows.forEach((row, index) => {
    const step = steps[index];
    if (step === undefined) {
      throw new AppError(
        'MIGRATION_REFUSED',
        `La base de datos es de una versión más nueva de Orienta (migración ${row.id}, ${row.name}); este programa conoce hasta la ${steps.length}. Instale la versión nueva o restaure un respaldo anterior. No se cambió nada.`,
      );
    }
    if (row.id !== step.id || row.checksum !== checksum(step)) {
      throw new AppError(
        'MIGRATION_REFUSED',
        `La migración ${row.id} (${row.name}) de la base de datos no es la que este programa conoce. Instale la versión que la escribió o restaure un respaldo. No se cambió nada.`,
      );
    }
  });
  return rows.length === steps.length ? 'current' : 'behind';
}

function checksum(step: Migration): string {
  return createHash('sha256').update(step.script).digest('hex');
}

/** Any number that other programs on the same server are unlikely to use. */
const LOCK = 7_203_977_125;

async function underLock(db: Kysely<Schema>, work: (locked: Kysely<Schema>) => Promise<void>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${LOCK}::bigint)`.execute(transaction);
    await work(transaction);
  });
}
