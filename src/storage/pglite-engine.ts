import { existsSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { AppError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { type Engine, type EngineConnection, type RunStatement, SESSION_SETTINGS } from './engine.ts';
import { outOfRoom, unwritable } from './folder-faults.ts';
import { prepareStatements } from './pglite-statements.ts';

/**
 * Opens PostgreSQL in the process under `dataDir`/db. The caller holds the folder's lock.
 * @throws {AppError} `STORE_UNUSABLE` when the folder has no room, cannot be written or is damaged
 */
export async function openPglite(dataDir: string): Promise<Engine> {
  const folder = join(dataDir, 'db');
  try {
    const exists = existsSync(folder);
    demandRoom(dataDir, exists ? ROOM_TO_OPEN : ROOM_TO_CREATE);
    if (!exists) await createDatabase(dataDir, folder);
    const database = await PGlite.create({ dataDir: folder });
    await database.exec(SESSION_SETTINGS);
    return pgliteEngine(database, dataDir);
  } catch (error) {
    throw explainOpening(error, dataDir);
  }
}

const MEGABYTE = 1024 * 1024;
/** A new database takes 40 MB; an open one writes its log in pieces of 16 MB. */
const ROOM_TO_CREATE = 96 * MEGABYTE;
const ROOM_TO_OPEN = 32 * MEGABYTE;

/** Looked at beforehand: PostgreSQL that runs out of room while it starts looks like a damaged one. */
function demandRoom(dataDir: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < bytes) throw outOfRoom(dataDir, undefined);
}

/** A database is made aside and moved into place whole: a kill half-way leaves nothing that looks like one. */
async function createDatabase(dataDir: string, folder: string): Promise<void> {
  const draft = join(dataDir, 'db.new');
  rmSync(draft, { recursive: true, force: true });
  try {
    makeFolder(draft, 0o700);
  } catch (error) {
    throw unwritable(dataDir, error);
  }
  try {
    const database = await PGlite.create({ dataDir: draft });
    await database.close();
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Several statements, or one that frames a transaction: the simple protocol does them in one go, without rows. */
const SCRIPT = /;\s*\S|^\s*(begin|start transaction|commit|rollback|savepoint|release)\b/i;

function pgliteEngine(database: PGlite, dataDir: string): Engine {
  const turns = createQueue();
  const statement = prepareStatements(database);
  const run: RunStatement = async <R>(text: string, parameters: readonly unknown[]) => {
    if (parameters.length === 0 && SCRIPT.test(text)) {
      await database.exec(text);
      return { rows: [], command: '', rowCount: 0 };
    }
    return statement<R>(text, parameters);
  };
  const connection: EngineConnection = { run, release: () => turns.leave() };
  return {
    kind: 'pglite',
    async connect() {
      await turns.enter();
      return connection;
    },
    async end() {
      await turns.enter();
      await database.close();
    },
    explain: (error) => explainRunning(error, dataDir),
  };
}

/** PGlite answers without leaving the event loop's turn: now and then sockets and timers get theirs. */
const LONGEST_BREATH_MS = 5;

/** One connection only: whoever asks waits for the one before, in order. */
function createQueue(): { enter(): Promise<void>; leave(): void } {
  const waiting: (() => void)[] = [];
  let busy = false;
  let breath = performance.now();
  return {
    async enter() {
      if (busy) await new Promise<void>((resolve) => waiting.push(resolve));
      busy = true;
      if (performance.now() - breath < LONGEST_BREATH_MS) return;
      await setImmediate();
      breath = performance.now();
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) busy = false;
      else next();
    },
  };
}

function explainOpening(error: unknown, dataDir: string): AppError {
  if (error instanceof AppError) return error;
  return (
    explainRunning(error, dataDir) ??
    new AppError(
      'STORE_UNUSABLE',
      `La base de datos de ${join(dataDir, 'db')} está dañada y no se puede abrir. Restaure un respaldo con «orienta restore»; no se ha cambiado nada.`,
      { cause: error },
    )
  );
}

function explainRunning(error: unknown, dataDir: string): AppError | undefined {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(53100|ENOSPC)$/.test(code) || /no space left/i.test(text)) return outOfRoom(dataDir, error);
  if (/^(EACCES|EROFS|EPERM)$/.test(code) || /permission denied|read-only file/i.test(text)) {
    return unwritable(dataDir, error);
  }
  return undefined;
}
