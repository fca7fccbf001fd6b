import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { FaultsError } from '#src/errors.ts';
import { knowledgeDir } from '#src/paths.ts';
import { loadDangerBook } from '#src/safety/load-danger-book.ts';
import { knowledge } from './danger-examples.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'orienta-safety-'));
  await cp(join(knowledgeDir, 'safety'), join(dir, 'safety'), { recursive: true });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function faultsAfter(file: string, from: string | RegExp, to: string): Promise<readonly string[]> {
  const path = join(dir, 'safety', file);
  const text = await readFile(path, 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  await writeFile(path, edited);
  const error = await loadDangerBook(dir, knowledge).catch((caught: unknown) => caught);
  return error instanceof FaultsError ? error.faults : [];
}

it('loads as it is written', async () => {
  expect((await loadDangerBook(dir, knowledge)).dangers.size).toBe(10);
});

test.each([
  ['dangers/violence.yaml', 'title:', 'titel:', /^safety\/dangers\/violence\.yaml:2: .*titel/m],
  [
    'dangers/violence.yaml',
    '"@golpes~"',
    '"(@golpes~"',
    /^safety\/dangers\/violence\.yaml:\d+: .*paréntesis/,
  ],
  ['dangers/violence.yaml', '{policia}', '{polisia}', /^safety\/dangers\/violence\.yaml:\d+: .*\{polisia\}/],
  [
    'dangers/violence.yaml',
    'codigo-migracion/2]',
    'codigo-migracion/2000]',
    /no existe la ficha «codigo-migracion\/2000»/,
  ],
  ['dangers/violence.yaml', 'id: violence', 'id: detention', /está dos veces/],
  ['dangers/violence.yaml', 'abroad: pdh', 'abroad: nadie', /«nadie»/],
  [
    'around.yaml',
    'institution: directorio/pnc',
    'institution: directorio/nadie',
    /^safety\/around\.yaml:\d+: .*«policia»/,
  ],
  ['reading.yaml', '  - detention\n', '', /^safety\/reading\.yaml:\d+: «detention»/],
  ['reading.yaml', "'@hijo', hermano", "'@hijoz', hermano", /^safety\/reading\.yaml:\d+: .*«hijoz»/],
  ['reading.yaml', '      - auxilio\n', '      - (auxilio\n', /^safety\/reading\.yaml:\d+: .*paréntesis/],
])('%s with «%s» made «%s» is refused by file and line', async (file, from, to, fault) => {
  expect((await faultsAfter(file, from, to)).join('\n')).toMatch(fault);
});
