import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * On a first start, builds the search index on a second core while the caller makes the database. Resolves at once
 * when there is an index, and also when the build fails: whoever opens the index builds it, or says what is wrong.
 */
export async function prepareIndex(knowledgeDir: string, dataDir: string): Promise<void> {
  const folder = join(dataDir, 'index');
  if (existsSync(folder) && readdirSync(folder).length > 0) return;
  const program = fileURLToPath(new URL('index-worker.js', import.meta.url));
  const worker = new Worker(program, { workerData: { knowledgeDir, dataDir } });
  await new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.once('error', () => resolve());
  });
}
