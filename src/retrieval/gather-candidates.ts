import type { Unit } from '../knowledge/unit.ts';
import type { LexicalHit, LexicalIndex } from './lexical-index.ts';
import type { IndexedShelf } from './open-index.ts';
import type { Match } from './passage.ts';
import type { Signals } from './signals.ts';
import { terms } from './terms.ts';
import { similarity } from './vector-index.ts';

/** A unit that words or vectors led to. */
export interface Candidate {
  readonly unit: Unit;
  readonly signals: Signals;
  readonly matches: readonly Match[];
}

/** A shelf that can be searched both ways. */
export interface SearchableShelf extends IndexedShelf {
  readonly lexical: LexicalIndex;
  /** Place of the first entry of each unit, and one past the last. */
  readonly firstEntries: Int32Array;
}

/** How many units words, and how many vectors meaning, bring in. */
const lexicalBreadth = 40;
const denseBreadth = 80;

/** Adds to a shelf what searching needs in memory. */
export function makeSearchable(shelf: IndexedShelf, lexical: LexicalIndex): SearchableShelf {
  const firstEntries = new Int32Array(shelf.units.length + 1).fill(shelf.entries.length);
  shelf.entries.forEach(({ unit, role }, place) => {
    if (role === 'whole') firstEntries[unit] = place;
  });
  return { ...shelf, lexical, firstEntries };
}

/** The units of the shelves that words or vectors lead to, with what speaks for each. */
export function gatherCandidates(
  query: string,
  vector: readonly number[],
  shelves: readonly SearchableShelf[],
): readonly Candidate[] {
  const hits = shelves.map((shelf) => shelf.lexical.search(query));
  const weights = weighTerms(query, shelves, hits);
  const best = Math.max(0, ...hits.map(([first]) => first?.score ?? 0));
  return shelves.flatMap((shelf, i) => {
    const found = new Map((hits[i] ?? []).map((hit) => [hit.place, hit]));
    const near = shelf.neighbours.nearest(vector, denseBreadth);
    const dense = new Set(near.map(({ place }) => shelf.entries[place]?.unit ?? -1));
    const lexical = (hits[i] ?? []).slice(0, lexicalBreadth).map(({ place }) => place);
    return [...new Set([...lexical, ...dense])].flatMap((place) => {
      const unit = shelf.units[place];
      if (unit === undefined) return [];
      const hit = found.get(place);
      const signals: Signals = {
        lexical: hit === undefined ? 0 : hit.score / best,
        coverage: coverageOf(hit, weights),
        ...nearness(shelf, place, vector),
      };
      const matches: Match[] = [];
      if (hit !== undefined) matches.push('lexical');
      if (dense.has(place)) matches.push('dense');
      return [{ unit, signals, matches }];
    });
  });
}

function nearness(shelf: SearchableShelf, place: number, vector: readonly number[]) {
  const first = shelf.firstEntries[place] ?? 0;
  const end = shelf.firstEntries[place + 1] ?? first;
  let question = 0;
  for (let entry = first + 1; entry < end; entry += 1) {
    question = Math.max(question, similarity(shelf.vectors, entry, vector));
  }
  return { whole: similarity(shelf.vectors, first, vector), question };
}

/** Inverse document frequency of each of the query's stems; a word no unit has weighs most. */
function weighTerms(
  query: string,
  shelves: readonly SearchableShelf[],
  hits: readonly (readonly LexicalHit[])[],
): ReadonlyMap<string, number> {
  const total = shelves.reduce((sum, { units }) => sum + units.length, 0);
  const counts = new Map(terms(query).map((term) => [term, 0]));
  for (const { found } of hits.flat()) {
    for (const term of found) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return new Map([...counts].map(([term, count]) => [term, Math.log((1 + total) / (1 + count))]));
}

function coverageOf(hit: LexicalHit | undefined, weights: ReadonlyMap<string, number>): number {
  let all = 0;
  for (const weight of weights.values()) all += weight;
  if (hit === undefined || all === 0) return 0;
  let covered = 0;
  for (const term of hit.found) covered += weights.get(term) ?? 0;
  return covered / all;
}
