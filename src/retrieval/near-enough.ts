import { NEAR_ENOUGH } from './passage.ts';
import type { Signals } from './signals.ts';

/** What the likelihood is reckoned from. */
export const traitNames = [
  'evidence',
  'gap',
  'unknown',
  'whole',
  'question',
  'otherLanguage',
  'otherLanguageGap',
  'otherLanguageUnknown',
  'otherLanguageQuestion',
  'otherCountry',
] as const;
export type Trait = (typeof traitNames)[number];

/**
 * The signals, and how three of them read in another language than Spanish: there most words of a right unit's
 * question stand in no unit, and a near question tells more.
 */
export function traitsOf(signals: Signals): Readonly<Record<Trait, number>> {
  const { evidence, gap, unknown, whole, question, otherLanguage, otherCountry } = signals;
  return {
    evidence,
    gap,
    unknown,
    whole,
    question,
    otherLanguage,
    otherLanguageGap: otherLanguage * gap,
    otherLanguageUnknown: otherLanguage * unknown,
    otherLanguageQuestion: otherLanguage * question,
    otherCountry,
  };
}

/** Weights of a logistic regression. Made by scripts/fit-near-enough.ts, see docs/retrieval.md. */
const bias = -4.585;
const weights: Readonly<Record<Trait, number>> = {
  evidence: 1.181,
  gap: -3.796,
  unknown: -4.554,
  whole: 3.236,
  question: -0.166,
  otherLanguage: 4.021,
  otherLanguageGap: -3.33,
  otherLanguageUnknown: 0.724,
  otherLanguageQuestion: -1.028,
  otherCountry: -5.778,
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
  const traits = traitsOf(signals);
  const sum = traitNames.reduce((total, trait) => total + weights[trait] * traits[trait], bias);
  const likelihood = 1 / (1 + Math.exp(-sum));
  const thin = signals.otherLanguage === 0 && signals.gap > widestGap && signals.question < almostTheSame;
  return thin ? Math.min(likelihood, NEAR_ENOUGH * 0.9) : likelihood;
}
