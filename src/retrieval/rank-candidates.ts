import type { Candidate } from './gather-candidates.ts';
import { isInForce } from './in-force.ts';

/** How much each signal weighs in the order. Chosen by measurement, see docs/retrieval.md. */
const rankWeights = { lexical: 0.3, coverage: 0.3, whole: 1, question: 0.3 };

/** What a unit loses for not being in force on the day asked about: enough to put it behind one that bears as much. */
const notInForcePenalty = 0.12;
/** What an article gains when the question names its norm; the norm as a whole has its name to be found by. */
const namedNormBonus = 0.25;

/** Orders candidates by the weighted sum of their signals; best first. */
export function rankCandidates(
  candidates: readonly Candidate[],
  asOf: string,
  namedNorms: ReadonlySet<string>,
): readonly Candidate[] {
  return candidates
    .map((candidate) => ({ ...candidate, weight: weigh(candidate, asOf, namedNorms) }))
    .sort((a, b) => b.weight - a.weight || (a.unit.id < b.unit.id ? -1 : 1));
}

function weigh({ unit, signals }: Candidate, asOf: string, namedNorms: ReadonlySet<string>): number {
  const keys = ['lexical', 'coverage', 'whole', 'question'] as const;
  const sum = keys.reduce((total, key) => total + rankWeights[key] * signals[key], 0);
  const penalty = isInForce(unit.validity, asOf) ? 0 : notInForcePenalty;
  return sum - penalty + (namedNorms.has(unit.norm) && unit.article !== '*' ? namedNormBonus : 0);
}
