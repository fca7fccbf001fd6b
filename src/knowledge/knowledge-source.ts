import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** One YAML file of the knowledge, as written. */
export interface KnowledgeSource {
  /** Path below the knowledge folder, with `/` on every system. */
  readonly path: string;
  readonly text: string;
}

/** Folders and files beside the units that have a shape of their own. */
const NOT_UNITS: ReadonlySet<string> = new Set([
  'schema',
  'languages',
  'safety',
  'recordings',
  'lexicon.yaml',
]);

/**
 * Reads every YAML file that holds units, norms or lines, sorted by path.
 * @throws {Error} the file system's own error when the folder cannot be read
 */
export async function readKnowledgeSources(dir: string): Promise<readonly KnowledgeSource[]> {
  const names = await readdir(dir, { recursive: true });
  const paths = names
    .map((name) => name.split(sep).join('/'))
    .filter((path) => path.endsWith('.yaml') && !NOT_UNITS.has(path.split('/', 1)[0] ?? ''))
    .sort();
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(dir, path), 'utf8') })));
}

/** Names a state of the knowledge: another path or another byte gives another version. */
export function versionOf(sources: readonly KnowledgeSource[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    // Lengths keep a path and a text from running into each other.
    hash.update(`${Buffer.byteLength(source.path)}:${source.path}:${Buffer.byteLength(source.text)}:`);
    hash.update(source.text);
  }
  return hash.digest('hex');
}
