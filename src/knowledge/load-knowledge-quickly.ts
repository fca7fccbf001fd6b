import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../make-folder.ts';
import { knowledgeJsonSchema } from './json-schema.ts';
import type { Knowledge } from './knowledge.ts';
import { readKnowledgeSources, versionOf } from './knowledge-source.ts';
import { assembleKnowledge, loadKnowledge } from './load-knowledge.ts';
import type { Line, Norm, Unit } from './unit.ts';

/** Raised when what is derived from the files changes without their schema changing. */
const FORMAT = 1;

const isList = (value: unknown): boolean => Array.isArray(value);
const copySchema = z.object({
  norms: z.custom<Norm[]>(isList),
  units: z.custom<Unit[]>(isList),
  lines: z.custom<Line[]>(isList),
});

/**
 * The same as {@link loadKnowledge}, from the copy that an earlier start left under `dataDir/knowledge` when not a
 * byte of the files has changed since: parsing and checking the YAML is most of a start. The copy carries its own
 * checksum; a damaged or missing one is made anew, and a folder that cannot be written costs only the time.
 * @throws {FaultsError} `KNOWLEDGE_INVALID` as {@link loadKnowledge} does
 */
export async function loadKnowledgeQuickly(dir: string, dataDir: string): Promise<Knowledge> {
  const version = versionOf(await readKnowledgeSources(dir));
  const folder = join(dataDir, 'knowledge');
  const file = join(folder, `${keyOf(version)}.json`);
  const copy = await readCopy(file);
  if (copy !== undefined) return assembleKnowledge({ ...copy, version });
  const knowledge = await loadKnowledge(dir);
  // The files may have been edited between the two readings; then the copy would carry the wrong name.
  if (knowledge.version === version) await writeCopy(folder, file, knowledge).catch(() => undefined);
  return knowledge;
}

function keyOf(version: string): string {
  return createHash('sha256')
    .update(`${FORMAT}\n${version}\n${knowledgeJsonSchema()}`)
    .digest('hex')
    .slice(0, 32);
}

async function readCopy(file: string): Promise<z.infer<typeof copySchema> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lineEnd = text.indexOf('\n');
  const body = text.slice(lineEnd + 1);
  if (text.slice(0, lineEnd) !== checksum(body)) return undefined;
  return copySchema.parse(JSON.parse(body));
}

async function writeCopy(folder: string, file: string, knowledge: Knowledge): Promise<void> {
  const body = JSON.stringify({
    norms: [...knowledge.norms.values()],
    units: [...knowledge.units.values()],
    lines: knowledge.lines,
  });
  makeFolder(folder);
  const older = (await readdir(folder)).filter((name) => join(folder, name) !== file);
  const aside = join(folder, `${randomUUID()}.tmp`);
  await writeFile(aside, `${checksum(body)}\n${body}`);
  await rename(aside, file);
  await Promise.all(older.map((name) => rm(join(folder, name), { force: true })));
}

function checksum(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
