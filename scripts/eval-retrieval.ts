/*
 * Measures retrieval on the dev questions and on held-out questions of the units themselves.
 *   npm run -s build && node dist/scripts/eval-retrieval.js
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../src/knowledge/load-knowledge.ts';
import { knowledgeDir } from '../src/paths.ts';
import { createReferenceFinder } from '../src/retrieval/find-references.ts';
import { createHybridRetriever } from '../src/retrieval/hybrid-retriever.ts';
import { openIndex } from '../src/retrieval/open-index.ts';
import { NEAR_ENOUGH } from '../src/retrieval/passage.ts';
import type { Retriever } from '../src/retrieval/retriever.ts';
import {
  holdOutQuestions,
  type JudgedQuestion,
  readElsewhere,
  readJudgedQuestions,
  readOffTopic,
} from './evaluation-sets.ts';

const asOf = '2026-11-22';
const say = (line: string) => process.stdout.write(`${line}\n`);

async function openRetriever(knowledge: Knowledge, dataDir: string): Promise<Retriever> {
  const started = performance.now();
  const index = await openIndex({ knowledge, dataDir });
  const opened = performance.now();
  const retriever = createHybridRetriever({ index, findReferences: createReferenceFinder(knowledge) });
  const ready = performance.now();
  const { units, vectors, dimension, built, search } = index.status;
  say(
    `${units} units, ${vectors} vectors of ${dimension}, ${search}; ${built ? 'built' : 'opened'} in ` +
      `${(opened - started).toFixed(0)} ms, lexical index in ${(ready - opened).toFixed(0)} ms`,
  );
  return retriever;
}

async function report(
  name: string,
  retriever: Retriever,
  questions: readonly JudgedQuestion[],
): Promise<void> {
  const times: number[] = [];
  const ranks: number[] = [];
  let answered = 0;
  for (const { question, gold } of questions) {
    const started = performance.now();
    const passages = await retriever.retrieve(question, { limit: 10, audience: 'public', asOf });
    times.push(performance.now() - started);
    ranks.push(passages.findIndex(({ unit }) => gold.includes(`${unit.norm}/${unit.article}`)));
    if ((passages[0]?.score ?? 0) >= NEAR_ENOUGH) answered += 1;
  }
  const share = (count: number) => `${((100 * count) / questions.length).toFixed(1)} %`;
  const mrr = ranks.reduce((sum, rank) => sum + (rank < 0 ? 0 : 1 / (rank + 1)), 0) / questions.length;
  times.sort((a, b) => a - b);
  const at = (quantile: number) => (times[Math.floor(quantile * (times.length - 1))] ?? 0).toFixed(2);
  const hits = (last: number) => share(ranks.filter((rank) => rank >= 0 && rank < last).length);
  const quality = questions.some(({ gold }) => gold.length > 0)
    ? `hit@1 ${hits(1)}  hit@5 ${hits(5)}  hit@10 ${hits(10)}  MRR ${mrr.toFixed(3)}  `
    : '';
  say(
    `${name.padEnd(22)} n ${questions.length}  ${quality}near enough ${share(answered)}  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`,
  );
}

async function reportByLanguage(name: string, retriever: Retriever, questions: readonly JudgedQuestion[]) {
  for (const lang of ['es', 'en', 'pt', 'fr', 'ht']) {
    await report(
      `${name} ${lang}`,
      retriever,
      questions.filter((each) => each.lang === lang),
    );
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'orienta-eval-'));
try {
  const knowledge = await loadKnowledge(knowledgeDir);
  const whole = await openRetriever(knowledge, dataDir);
  const offTopic = await readOffTopic();
  await reportByLanguage('dev', whole, await readJudgedQuestions('dev-lay.jsonl'));
  await report('dev unanswerable', whole, await readJudgedQuestions('dev-unanswerable.jsonl'));
  await report('off topic', whole, offTopic);
  await report('elsewhere, unseen half', whole, await readElsewhere('judge'));
  const rest = holdOutQuestions(knowledge, 7);
  const reduced = await openRetriever(rest.knowledge, dataDir);
  await reportByLanguage('held-out third', reduced, rest.heldOut);
  await report('off topic, reduced', reduced, offTopic);
  await openRetriever(knowledge, dataDir);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
