import { cpSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { inject } from 'vitest';
import { preparedDataDir } from './databases.ts';

/** What belongs to one process alone. */
const OWN = new Set(['db', 'db.new', 'lock', 'keys', 'control']);

/** A data folder for a process of its own, with an empty database and the index already built. */
export async function freshDataDir(name: string): Promise<string> {
  const dataDir = await preparedDataDir(name);
  const shared = inject('dataDir');
  cpSync(shared, dataDir, {
    recursive: true,
    filter: (path) => dirname(path) !== shared || !OWN.has(basename(path)),
  });
  return dataDir;
}
