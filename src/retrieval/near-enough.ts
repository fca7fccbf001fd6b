import type { Signals } from './signals.ts';

/** Weights of the logistic regression that turns signals into a score; made as told in docs/retrieval.md. */
export const nearEnoughWeights = { bias: -4, coverage: 3, whole: 4, question: 2 };

/**
 * How likely the unit bears on the question, 0..1, whatever else was found. A half means: of the questions fitted on,
 * those with this score were as often answerable as not.
 */
export function nearnessScore({ coverage, whole, question }: Signals): number {
  const { bias, ...weights } = nearEnoughWeights;
  const sum = bias + weights.coverage * coverage + weights.whole * whole + weights.question * question;
  return 1 / (1 + Math.exp(-sum));
}
