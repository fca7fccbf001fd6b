import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { unwritable } from './folder-faults.ts';

/** The tables of a backup, so that each comes after those it points at. */
export const BACKED_UP = [
  'secrets',
  'people',
  'people_merged',
  'aliases',
  'conversations',
  'inbox',
  'turns',
  'outbox',
  'feedback',
  'legal_questions',
  'write_back',
  'schedule',
  'erasures',
] as const;
export type BackedUp = (typeof BACKED_UP)[number];

const manifestSchema = z.strictObject({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Names of the keys with which the values are sealed. The keys themselves are kept elsewhere. */
  keyIds: z.array(z.string()),
  migrations: z.array(z.strictObject({ id: z.int(), checksum: z.string() })),
  files: z.array(
    z.strictObject({ table: z.enum(BACKED_UP), rows: z.int().nonnegative(), sha256: z.string().length(64) }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

const MANIFEST = 'manifest.json';

/** The lines of one table, a JSON object each. */
export type Lines = AsyncIterable<readonly string[]>;

/** Makes a backup's folder: written aside and moved into place whole, so a half-made one never looks whole. */
export async function writeBackupFolder(
  folder: string,
  work: (write: (table: BackedUp, lines: Lines) => Promise<Manifest['files'][number]>) => Promise<Manifest>,
): Promise<Manifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new AppError(
      'USAGE',
      `La carpeta ${folder} no está vacía. Elija una carpeta nueva para el respaldo.`,
    );
  }
  const draft = join(dirname(folder), `.${basename(folder)}.${process.pid}.part`);
  try {
    makeFolder(draft, 0o700);
  } catch (error) {
    throw unwritable(dirname(folder), error);
  }
  try {
    const manifest = await work((table, lines) => writeTable(draft, table, lines));
    writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
    return manifest;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error instanceof Error && 'syscall' in error ? unwritable(dirname(folder), error) : error;
  }
}

async function writeTable(folder: string, table: BackedUp, lines: Lines): Promise<Manifest['files'][number]> {
  const hash = createHash('sha256');
  const file = await open(join(folder, `${table}.jsonl`), 'wx', 0o600);
  let rows = 0;
  try {
    for await (const page of lines) {
      const text = page.map((line) => `${line}\n`).join('');
      hash.update(text);
      rows += page.length;
      await file.write(text);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { table, rows, sha256: hash.digest('hex') };
}

/**
 * Reads a backup's manifest and proves every file against it.
 * @throws {AppError} `BACKUP_INVALID` saying which file is missing or damaged
 */
export async function verifyBackupFolder(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  const missing = BACKED_UP.filter((table) => !manifest.files.some((file) => file.table === table));
  if (missing.length > 0) throw damaged(folder, `le faltan las tablas ${missing.join(', ')}`);
  for (const { table, sha256 } of manifest.files) {
    const found = await hashOf(join(folder, `${table}.jsonl`));
    if (found !== sha256) throw damaged(folder, `el archivo ${table}.jsonl falta o no es el que se guardó`);
  }
  return manifest;
}

function readManifest(folder: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
  } catch (cause) {
    throw damaged(folder, `${MANIFEST} falta o no se entiende`, cause);
  }
}

async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

/** The refusal of a backup; nothing has been touched. */
export function damaged(folder: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'BACKUP_INVALID',
    `El respaldo ${folder} no se puede usar: ${why}. No se ha cambiado nada.`,
    { cause },
  );
}

/** The rows of one table as pages of lines. */
export async function* readTable(folder: string, table: BackedUp, pageSize: number): Lines {
  let page: string[] = [];
  for await (const line of createInterface({ input: createReadStream(join(folder, `${table}.jsonl`)) })) {
    page.push(line);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
