import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../make-folder.ts';

const manifestName = 'manifest.json';
const manifestSchema = z.strictObject({
  model: z.string(),
  dimension: z.int().positive(),
  units: z.int().nonnegative(),
  vectors: z.int().nonnegative(),
  /** SHA-256 by file name. */
  files: z.record(z.string(), z.string()),
});

/** What stands beside an index: what it was made with, and the checksum of each of its files. */
export type IndexManifest = z.infer<typeof manifestSchema>;

/** The manifest without the checksums, which are taken from the files when they are written. */
export type IndexFacts = Omit<IndexManifest, 'files'>;

/**
 * Writes an index folder so that nobody ever sees half of it: aside first, renamed when whole. Two processes may do
 * so at once; the first to finish wins and the other keeps its result.
 * @param fill writes the files into the folder it is given
 */
export async function writeIndexFolder(
  folder: string,
  facts: IndexFacts,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  const aside = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}.new`;
  makeFolder(aside);
  try {
    await fill(aside);
    const files = await checksums(aside);
    await writeFile(join(aside, manifestName), JSON.stringify({ ...facts, files }, null, 2));
    await rename(aside, folder).catch(async (error: unknown) => {
      if ((await readManifest(folder)) === undefined) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Moves a folder out of the way, then deletes it: readers have it open or find it gone, never half empty. */
export async function discardIndexFolder(folder: string): Promise<void> {
  const aside = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}.old`;
  // Gone already: another process discarded it first.
  const moved = await rename(folder, aside).then(
    () => true,
    () => false,
  );
  if (moved) await rm(aside, { recursive: true, force: true });
}

/** The manifest of a folder whose files are all whole; undefined when anything is missing, changed or unreadable. */
export async function readManifest(folder: string): Promise<IndexManifest | undefined> {
  try {
    const text = await readFile(join(folder, manifestName), 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    const found = await checksums(folder);
    const whole = Object.entries(manifest.files).every(([name, sum]) => found[name] === sum);
    return whole ? manifest : undefined;
  } catch {
    // Absent and damaged are the same to the caller: the index is built anew.
    return undefined;
  }
}

async function checksums(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name !== manifestName);
  const sums = names.map(async (name) => {
    const bytes = await readFile(join(folder, name));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(sums));
}

const keptMs = 24 * 3_600_000;

/**
 * Marks a folder as in use today and removes the others that nobody has used for a day, leftovers included. Best
 * effort: in a folder that cannot be written everything stays as it is.
 */
export async function sweepIndexFolders(root: string, current: string, now: Date): Promise<void> {
  await utimes(join(root, current), now, now).catch(() => undefined);
  for (const name of await readdir(root).catch(() => [])) {
    if (name === current) continue;
    // A folder that vanishes meanwhile was swept by somebody else.
    const changed = await stat(join(root, name)).catch(() => undefined);
    if (changed !== undefined && now.getTime() - changed.mtimeMs > keptMs) {
      await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
