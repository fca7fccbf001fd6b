/*
 * Fits the weights in src/retrieval/near-enough.ts: logistic regression on the signals of the first unit found,
 * answerable questions against those that nothing answers. Prints the weights; they are copied by hand.
 *   npm run -s build && node dist/scripts/fit-near-enough.js
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Matrix, solve } from 'ml-matrix';
import { fold } from '../src/knowledge/fold.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../src/knowledge/load-knowledge.ts';
import { knowledgeDir } from '../src/paths.ts';
import { createReferenceFinder } from '../src/retrieval/find-references.ts';
import { gatherCandidates, makeSearchable } from '../src/retrieval/gather-candidates.ts';
import { createLexicalIndex } from '../src/retrieval/lexical-index.ts';
import { traitNames, traitsOf } from '../src/retrieval/near-enough.ts';
import { openIndex } from '../src/retrieval/open-index.ts';
import { rankCandidates } from '../src/retrieval/rank-candidates.ts';
import { readPeople } from '../src/retrieval/read-people.ts';
import {
  holdOutQuestions,
  type JudgedQuestion,
  readElsewhere,
  readJudgedQuestions,
  readOffTopic,
} from './evaluation-sets.ts';

const asOf = '2026-11-22';
const ridge = 2e-4;

interface Sample {
  readonly cells: readonly number[];
  readonly answerable: boolean;
  readonly weight: number;
}

/** The signals of the first unit found for each question; those that name an article need no score. */
async function sample(
  knowledge: Knowledge,
  dataDir: string,
  sets: readonly { readonly questions: readonly JudgedQuestion[]; readonly share: number }[],
): Promise<readonly Sample[]> {
  const index = await openIndex({ knowledge, dataDir });
  const findReferences = createReferenceFinder(knowledge);
  const shelves = index.shelves
    .filter(({ audience }) => audience === 'public')
    .map((shelf) => makeSearchable(shelf, createLexicalIndex(shelf.units)));
  const samples: Sample[] = [];
  for (const { questions, share } of sets) {
    for (const { question, gold } of questions) {
      const { exact, norms } = findReferences(question, 'public');
      const vector = await index.embeddings.embedQuery(question);
      const first = rankCandidates(gatherCandidates(question, vector, shelves), {
        asOf,
        norms,
        people: readPeople(fold(question)),
      })[0];
      if (exact.length > 0 || first === undefined) continue;
      const traits = traitsOf(first.signals);
      const cells = [1, ...traitNames.map((trait) => traits[trait])];
      samples.push({ cells, answerable: gold.length > 0, weight: share / questions.length });
    }
  }
  return samples;
}

/** Newton's method on the penalised likelihood; a dozen steps are far more than it needs. */
function fitLogistic(samples: readonly Sample[]): readonly number[] {
  let weights = new Array<number>(traitNames.length + 1).fill(0);
  for (let step = 0; step < 30; step += 1) {
    const hessian = Matrix.eye(weights.length).mul(ridge);
    const gradient = Matrix.columnVector(weights).mul(-ridge);
    for (const { cells, answerable, weight } of samples) {
      const sum = cells.reduce((total, cell, k) => total + cell * (weights[k] ?? 0), 0);
      const likelihood = 1 / (1 + Math.exp(-sum));
      const row = Matrix.columnVector([...cells]);
      gradient.add(row.clone().mul(weight * ((answerable ? 1 : 0) - likelihood)));
      hessian.add(row.mmul(row.transpose()).mul(weight * likelihood * (1 - likelihood)));
    }
    const move = solve(hessian, gradient).getColumn(0);
    weights = weights.map((value, k) => value + (move[k] ?? 0));
  }
  return weights;
}

const dataDir = await mkdtemp(join(tmpdir(), 'orienta-fit-'));
try {
  const knowledge = await loadKnowledge(knowledgeDir);
  const offTopic = await readOffTopic();
  const rest = holdOutQuestions(knowledge, 7);
  const samples = [
    ...(await sample(knowledge, dataDir, [
      { questions: await readJudgedQuestions('dev-lay.jsonl'), share: 0.35 },
      { questions: await readJudgedQuestions('dev-unanswerable.jsonl'), share: 0.25 },
      { questions: offTopic, share: 0.05 },
      { questions: await readElsewhere('fit'), share: 0.1 },
    ])),
    ...(await sample(rest.knowledge, dataDir, [
      { questions: rest.heldOut, share: 0.25 },
      { questions: offTopic, share: 0.05 },
    ])),
  ];
  const weights = fitLogistic(samples).map((weight) => weight.toFixed(3));
  process.stdout.write(`${['bias', ...traitNames].map((key, k) => `${key}: ${weights[k]}`).join(', ')}\n`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
