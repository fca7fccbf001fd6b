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
  if (text !== undefined) {
    const folded = new Scalar(text);
    folded.type = Scalar.BLOCK_FOLDED;
    item.set('text', folded);
  }
  for (const [name, hash] of Object.entries({ source, spoken, file })) {
    if (hash === undefined) continue;
    // In quotes: a hash may look like a number.
    const quoted = new Scalar(hash);
    quoted.type = Scalar.QUOTE_SINGLE;
    item.set(name, quoted);
  }
  item.set('review', review);
}
