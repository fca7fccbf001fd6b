import type { LexicalHit } from './lexical-index.ts';
import { terms } from './terms.ts';

/** The words of one query, weighed by what the units that can be seen have of them. */
export interface QueryWords {
  /** How many different words carry the topic. */
  readonly count: number;
  /** Share of their weight that stands in no unit. */
  readonly unknown: number;
  /** Share of their weight that a unit has. */
  coverage(hit: LexicalHit | undefined): number;
}

/**
 * Weighs the query's words by inverse document frequency; a word that no unit has weighs most.
 * @param hits every unit that has any of the words
 */
export function weighWords(query: string, hits: readonly LexicalHit[], unitCount: number): QueryWords {
  const counts = new Map(terms(query).map((term) => [term, 0]));
  for (const { found } of hits) {
    for (const term of found) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const weightOf = (count: number) => Math.log((1 + unitCount) / (1 + count));
  const weights = new Map([...counts].map(([term, count]) => [term, weightOf(count)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const share = (present: Iterable<string>) => {
    if (total === 0) return 0;
    let weight = 0;
    for (const term of present) weight += weights.get(term) ?? 0;
    return weight / total;
  };
  const missing = [...counts].filter(([, count]) => count === 0).map(([term]) => term);
  return {
    count: counts.size,
    unknown: share(missing),
    coverage: (hit) => (hit === undefined ? 0 : share(hit.found)),
  };
}
