import { fold } from '../knowledge/fold.ts';
import type { Unit } from '../knowledge/unit.ts';
import { asksOtherCountry } from './foreign-authority.ts';
import type { LexicalIndex } from './lexical-index.ts';
import type { IndexedShelf } from './open-index.ts';
import { isOtherLanguage } from './other-language.ts';
import type { Match } from './passage.ts';
import { weighWords } from './query-words.ts';
import type { Signals } from './signals.ts';
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

/** The units of the shelves that words or vectors lead to, with what speaks for each. Empty when no word carries a topic. */
export function gatherCandidates(
  query: string,
  vector: readonly number[],
  shelves: readonly SearchableShelf[],
): readonly Candidate[] {
  const searched = shelves.map((shelf) => ({ shelf, hits: shelf.lexical.search(query) }));
  const unitCount = shelves.reduce((sum, { units }) => sum + units.length, 0);
  const hits = searched.flatMap((each) => each.hits);
  const words = weighWords(query, hits, unitCount);
  if (words.count === 0) return [];
  const about = {
    otherLanguage: Number(isOtherLanguage(query)),
    otherCountry: Number(asksOtherCountry(fold(query))),
  };
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0);
  return searched.flatMap(({ shelf, hits }) => {
    const dense = nearUnits(shelf, vector);
    const found = new Map(hits.map((hit) => [hit.place, hit]));
    const places = new Set([...hits.slice(0, lexicalBreadth).map(({ place }) => place), ...dense]);
    return [...places].flatMap((place): readonly Candidate[] => {
      const unit = shelf.units[place];
      if (unit === undefined) return [];
      const hit = found.get(place);
      const coverage = words.coverage(hit);
      const signals: Signals = {
        lexical: hit === undefined ? 0 : hit.score / best,
        evidence: Math.log1p(hit?.score ?? 0),
        coverage,
        gap: (1 - coverage) / Math.sqrt(words.count),
        unknown: words.unknown,
        ...about,
        ...nearness(shelf, place, vector),
      };
      const matches: Match[] =
        hit === undefined ? ['dense'] : dense.has(place) ? ['lexical', 'dense'] : ['lexical'];
      return [{ unit, signals, matches }];
    });
  });
}

function nearUnits(shelf: SearchableShelf, vector: readonly number[]): ReadonlySet<number> {
  const near = shelf.neighbours.nearest(vector, denseBreadth);
  return new Set(near.flatMap(({ place }) => shelf.entries[place]?.unit ?? []));
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
