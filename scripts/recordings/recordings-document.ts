import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument, Scalar, type YAMLMap } from 'yaml';
import { RECORDINGS_FILE, type Recording } from '../../src/knowledge/recordings.ts';

/** What a making changes of a recording. */
export type Made = Pick<Recording, 'text' | 'source' | 'spoken' | 'file' | 'review'>;

/** Writes what was made into the list, whose comments and order stay. */
export async function writeRecordings(knowledgeDir: string, made: ReadonlyMap<string, Made>): Promise<void> {
  const path = join(knowledgeDir, RECORDINGS_FILE);
  const document = parseDocument(await readFile(path, 'utf8'));
  const list = document.get('recordings');
  if (!isSeq(list)) throw new Error(`${path} has no list of recordings`);
  for (const item of list.items) {
    if (!isMap(item)) continue;
    const fields = made.get(String(item.get('id')));
    if (fields !== undefined) put(item, fields);
  }
  await writeFile(path, document.toString({ lineWidth: 120 }));
}

function put(item: YAMLMap, { text, source, spoken, file, review }: Made): void {
  setScalar(item, 'source', source, Scalar.BLOCK_LITERAL);
  setScalar(item, 'text', text, Scalar.BLOCK_FOLDED);
  // In quotes: a hash may look like a number.
  setScalar(item, 'spoken', spoken, Scalar.QUOTE_SINGLE);
  setScalar(item, 'file', file, Scalar.QUOTE_SINGLE);
  item.set('review', review);
}

function setScalar(item: YAMLMap, name: string, value: string | undefined, type: Scalar.Type): void {
  if (value === undefined) return;
  const scalar = new Scalar(value);
  scalar.type = type;
  item.set(name, scalar);
}
