import { fold } from '../knowledge/fold.ts';
import type { Unit } from '../knowledge/unit.ts';
import type { PeopleGroup } from './countries.ts';
import type { FoundReferences, ReferenceFinder } from './find-references.ts';
import { type Candidate, gatherCandidates, makeSearchable } from './gather-candidates.ts';
import { createLexicalIndex } from './lexical-index.ts';
import { nearnessScore } from './near-enough.ts';
import type { RetrievalIndex } from './open-index.ts';
import { NEAR_ENOUGH, Passage } from './passage.ts';
import { rankCandidates } from './rank-candidates.ts';
import { readPeople } from './read-people.ts';
import type { RetrieveOptions, Retriever } from './retriever.ts';

/** UTF-16 units of a text that are read: as many as the chat page takes, and more than anybody asks in one go. */
const LONGEST_QUERY = 2_000;
/** Score of a unit that has the number asked for, in a norm nobody named. */
const alternativeScore = 0.6;
/** Highest score when what the question names is not held: another article must not answer in its place. */
const missingCeiling = NEAR_ENOUGH * 0.8;

/** Finds units by reference, by words and by meaning, and puts what each finds into one order. */
export function createHybridRetriever(parts: {
  readonly index: RetrievalIndex;
  readonly findReferences: ReferenceFinder;
}): Retriever {
  const shelves = parts.index.shelves.map((shelf) => makeSearchable(shelf, createLexicalIndex(shelf.units)));
  return {
    retrieve: async (text, options) => {
      options.signal?.throwIfAborted();
      const query = text.slice(0, LONGEST_QUERY);
      const visible = shelves.filter(
        ({ audience, units }) => units.length > 0 && (audience === 'public' || options.audience === 'staff'),
      );
      const references = parts.findReferences(query, options.audience);
      const vector = await parts.index.embeddings.embedQuery(query);
      const candidates = gatherCandidates(query, vector, visible);
      return onePerArticle([
        ...references.exact.map((unit) => new Passage(unit, 1, ['reference'])),
        ...passagesOf(candidates, references, readPeople(fold(query)), options),
      ]).slice(0, options.limit);
    },
  };
}

function passagesOf(
  candidates: readonly Candidate[],
  references: FoundReferences,
  people: ReadonlySet<PeopleGroup>,
  { asOf }: RetrieveOptions,
): readonly Passage[] {
  const missing = references.exact.length === 0 && references.missing.length > 0;
  const norms = new Set(references.missing.flatMap(({ norm }) => norm ?? []));
  const eligible =
    missing && norms.size > 0 ? candidates.filter(({ unit }) => norms.has(unit.norm)) : candidates;
  let ceiling = missing ? missingCeiling : references.alternatives.length > 0 ? alternativeScore : 1;
  const passages = rankCandidates(eligible, { asOf, norms: references.norms, people }).map(
    ({ unit, signals, matches }) => {
      // The score never rises along the order: what stands first is the one to answer from.
      ceiling = Math.min(ceiling, nearnessScore(signals));
      return new Passage(unit, ceiling, matches);
    },
  );
  return [...alternatives(references.alternatives), ...passages];
}

function alternatives(units: readonly Unit[]): readonly Passage[] {
  return units.map((unit) => new Passage(unit, alternativeScore, ['reference']));
}

function onePerArticle(passages: readonly Passage[]): readonly Passage[] {
  const seen = new Set<string>();
  return passages.filter(({ unit }) => {
    const key = `${unit.norm}/${unit.article}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
