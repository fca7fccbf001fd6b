import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { loadKnowledgeQuickly } from './knowledge/load-knowledge-quickly.ts';
import { openIndex } from './retrieval/open-index.ts';

/* Builds the index on a thread of its own; the one that asked for it opens the files. */
const { knowledgeDir, dataDir } = z
  .object({ knowledgeDir: z.string(), dataDir: z.string() })
  .parse(workerData);
const knowledge = await loadKnowledgeQuickly(knowledgeDir, dataDir);
await openIndex({ knowledge, dataDir, onProgress: (progress) => parentPort?.postMessage(progress) });
