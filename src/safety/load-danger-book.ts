import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { FaultsError } from '../errors.ts';
import { type Defect, describeDefect } from '../knowledge/defect.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { parseYaml } from '../knowledge/parse-yaml.ts';
import { checkDangerBook } from './check-danger-book.ts';
import {
  aroundSchema,
  type DangerBook,
  type DangerEntry,
  dangerSchema,
  readingFileSchema,
} from './danger-book.ts';
import type { Placed } from './placed.ts';

const FOLDER = 'safety';

/**
 * Reads safety/ under the knowledge folder and checks it against the knowledge.
 * @throws {FaultsError} `KNOWLEDGE_INVALID` listing every fault as `file:line: message`
 * @throws {Error} the file system's own error when the folder cannot be read
 */
export async function loadDangerBook(knowledgeDir: string, knowledge: Knowledge): Promise<DangerBook> {
  const defects: Defect[] = [];
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<Placed<T> | undefined> => {
    const path = `${FOLDER}/${file}`;
    const result = parseYaml({ path, text: await readFile(join(knowledgeDir, path), 'utf8') }, schema);
    if (result.ok) return { file: path, content: result.content, lineOf: result.lineOf };
    defects.push(...result.defects);
    return undefined;
  };
  const names = (await readdir(join(knowledgeDir, FOLDER, 'dangers'))).filter((name) =>
    name.endsWith('.yaml'),
  );
  const [reading, around, ...found] = await Promise.all([
    read('reading.yaml', readingFileSchema),
    read('around.yaml', aroundSchema),
    ...names.sort().map((name) => read(`dangers/${name}`, dangerSchema)),
  ]);
  const dangers = found.filter((danger): danger is Placed<DangerEntry> => danger !== undefined);
  if (reading !== undefined && around !== undefined && defects.length === 0) {
    defects.push(...checkDangerBook({ reading, around, dangers }, knowledge));
  }
  if (reading === undefined || around === undefined || defects.length > 0) {
    throw new FaultsError(
      'KNOWLEDGE_INVALID',
      'Los textos de peligro tienen fallas:',
      defects.map(describeDefect),
    );
  }
  return {
    dangers: new Map(dangers.map(({ content }) => [content.id, content])),
    reading: reading.content,
    around: around.content,
  };
}
