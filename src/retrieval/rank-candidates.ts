import type { PeopleGroup } from './countries.ts';
import type { Candidate } from './gather-candidates.ts';
import { isInForce } from './in-force.ts';
import { isForOthers } from './read-people.ts';

/** How much each signal weighs in the order. Chosen by measurement, see docs/retrieval.md. */
const rankWeights = { lexical: 0.3, coverage: 0.3, whole: 1, question: 0.3 };

/** What a unit loses for not being in force on the day asked about: enough to put it behind one that bears as much. */
const notInForcePenalty = 0.12;
/** What a unit loses when it is true only for people other than those asked about. */
const forOthersPenalty = 0.15;
/** What an article gains when the question names its norm; the norm as a whole has its name to be found by. */
const namedNormBonus = 0.25;

/** What of a question decides the order besides its words. */
export interface RankingFacts {
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  /** Norms that the question names. */
  readonly norms: ReadonlySet<string>;
  /** Whom it is about, as far as it says so. */
  readonly people: ReadonlySet<PeopleGroup>;
}

/** Orders candidates by the weighted sum of their signals; best first. */
export function rankCandidates(candidates: readonly Candidate[], facts: RankingFacts): readonly Candidate[] {
  return candidates
    .map((candidate) => ({ ...candidate, weight: weigh(candidate, facts) }))
    .sort((a, b) => b.weight - a.weight || (a.unit.id < b.unit.id ? -1 : 1));
}

function weigh({ unit, signals }: Candidate, { asOf, norms, people }: RankingFacts): number {
  const keys = ['lexical', 'coverage', 'whole', 'question'] as const;
  const sum = keys.reduce((total, key) => total + rankWeights[key] * signals[key], 0);
  const outdated = isInForce(unit.validity, asOf) ? 0 : notInForcePenalty;
  const forOthers = isForOthers(unit.appliesTo, people) ? forOthersPenalty : 0;
  return sum - outdated - forOthers + (norms.has(unit.norm) && unit.article !== '*' ? namedNormBonus : 0);
}
