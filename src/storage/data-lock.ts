import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { unwritable } from './folder-faults.ts';
import { isDead, ownIdentity } from './process-identity.ts';

/*
 * PGlite has no lock of its own: opened twice at once it loses rows. Each opener announces itself with a file of
 * its own name and then looks for others. Of two that arrive together at least one sees the other and steps back,
 * so nobody ever has to take a file away from a living owner, and removing a dead owner's file races with nobody.
 * A kept library (proper-lockfile) goes by a heartbeat alone: a killed owner would block for seconds, and an owner
 * whose event loop is busy (PGlite's first start takes 5 s) would lose its lock while it writes.
 */

const ownerSchema = z.object({
  pid: z.int().positive(),
  startTicks: z.string().nullable(),
  place: z.string(),
  host: z.string(),
  since: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

/** A folder held by this process alone. */
export interface DataLock {
  /** Frees the folder. Safe to call twice. */
  release(): void;
}

const BEAT_EVERY_MS = 5_000;
/** A process of another machine or container cannot be looked up; without a beat for this long it counts as gone. */
const SILENT_AFTER_MS = 60_000;
const TRIES = 5;

/**
 * Takes the lock of a data folder, making the folder where it is missing.
 * @throws {AppError} `STORE_LOCKED` naming the process that holds it; `STORE_UNUSABLE` when the folder cannot be written
 */
export async function lockDataDir(dataDir: string): Promise<DataLock> {
  const folder = join(dataDir, 'lock');
  for (let attempt = 1; ; attempt += 1) {
    const own = announce(folder, dataDir);
    const other = livingOwner(folder, own);
    if (other === undefined) return hold(join(folder, own));
    rmSync(join(folder, own), { force: true });
    if (attempt === TRIES) throw lockedError(dataDir, other);
    await sleep(20 + Math.random() * 80);
  }
}

function announce(folder: string, dataDir: string): string {
  const owner: Owner = { ...ownIdentity(), since: new Date().toISOString() };
  const name = `${owner.pid}-${randomUUID()}.lock`;
  try {
    makeFolder(folder, 0o700);
    const draft = join(folder, `${name}.draft`);
    writeFileSync(draft, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    renameSync(draft, join(folder, name));
  } catch (cause) {
    throw unwritable(dataDir, cause);
  }
  return name;
}

function livingOwner(folder: string, own: string): Owner | undefined {
  const { place } = ownIdentity();
  for (const name of readdirSync(folder)) {
    if (name === own || !name.endsWith('.lock')) continue;
    const file = join(folder, name);
    const owner = readOwner(file);
    if (owner === undefined) continue;
    const gone = owner.place === place ? isDead(owner) : isSilent(file);
    if (!gone) return owner;
    rmSync(file, { force: true });
  }
  return undefined;
}

/** Undefined when the file went away meanwhile. */
function readOwner(file: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    // Not written by Orienta, or torn by a full disk: better a refusal than a second opener.
    return { pid: 1, startTicks: null, place: 'unknown', host: 'desconocido', since: 'desconocido' };
  }
}

function isSilent(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs > SILENT_AFTER_MS;
  } catch {
    return true;
  }
}

function hold(file: string): DataLock {
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // The next beat tries again; on the same machine the beat is not needed.
    }
  }, BEAT_EVERY_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      rmSync(file, { force: true });
    },
  };
}

function lockedError(dataDir: string, owner: Owner): AppError {
  return new AppError(
    'STORE_LOCKED',
    `La carpeta de datos ${dataDir} ya está en uso por el proceso ${owner.pid} de ${owner.host} (desde ${owner.since}). ` +
      'Detenga ese proceso o elija otra carpeta con DATA_DIR.',
  );
}
