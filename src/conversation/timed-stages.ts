import { performance } from 'node:perf_hooks';
import type { Answerer } from '../answering/answerer.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { Stage } from './measures.ts';

/** Told how long a stage took, in milliseconds, whether it ended well or not. */
export type OnStage = (stage: Stage, ms: number) => void;

/** The same retriever, timed. */
export function timeRetriever(retriever: Retriever, onStage: OnStage): Retriever {
  return {
    retrieve: (query, options) => timed('retrieve', onStage, () => retriever.retrieve(query, options)),
  };
}

/** The same answerer, timed. */
export function timeAnswerer(answerer: Answerer, onStage: OnStage): Answerer {
  return {
    answer: (question, passages, signal) =>
      timed('answer', onStage, () => answerer.answer(question, passages, signal)),
  };
}

async function timed<T>(stage: Stage, onStage: OnStage, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    onStage(stage, performance.now() - started);
  }
}
