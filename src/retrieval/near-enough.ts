import { NEAR_ENOUGH } from './passage.ts';
import type { Signals } from './signals.ts';

/** Weights of a logistic regression over signals. Made by scripts/fit-near-enough.ts, see docs/retrieval.md. */
export interface NearEnoughWeights {
  readonly bias: number;
  readonly evidence: number;
  readonly gap: number;
  readonly unknown: number;
  readonly whole: number;
  readonly question: number;
}

const fittedWeights: NearEnoughWeights = {
  bias: -3.725,
  evidence: 0.78,
  gap: -4.307,
  unknown: -3.354,
  whole: 3.391,
  question: 1.358,
};

/** A unit that leaves out so much of a short question talks of something else, however near its other words are... */
const widestGap = 0.34;
/** ...unless one of its questions is almost the same: then the gap is a foreign language or a slip. */
const almostTheSame = 0.85;

/**
 * How likely the unit bears on the question, 0..1, whatever else was found. A half means: of the questions fitted on,
 * those with this score were as often answerable as not.
 */
export function nearnessScore(signals: Signals): number {
  const { bias, ...weights } = fittedWeights;
  const keys = ['evidence', 'gap', 'unknown', 'whole', 'question'] as const;
  const sum = keys.reduce((total, key) => total + weights[key] * signals[key], bias);
  const likelihood = 1 / (1 + Math.exp(-sum));
  const thin = signals.gap > widestGap && signals.question < almostTheSame;
  return thin ? Math.min(likelihood, NEAR_ENOUGH * 0.9) : likelihood;
}
