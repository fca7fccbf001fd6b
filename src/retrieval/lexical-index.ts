import MiniSearch from 'minisearch';
import type { Unit } from '../knowledge/unit.ts';
import { isStopWord, stem, words } from './terms.ts';
import { namesOf, questionsOf, statementsOf } from './unit-texts.ts';

/** A unit that shares words with a query. */
export interface LexicalHit {
  /** Place of the unit among those the index was made of. */
  readonly place: number;
  /** BM25, above 0, no upper end; comparable within one query only. */
  readonly score: number;
  /** The query's stems that the unit has. */
  readonly found: readonly string[];
}

/** BM25 over stems. */
export interface LexicalIndex {
  readonly unitCount: number;
  /** Best first. */
  search(query: string): readonly LexicalHit[];
}

interface LexicalDocument {
  readonly id: number;
  readonly title: string;
  readonly names: string;
  readonly questions: string;
  readonly statements: string;
}

// Chosen by measurement, see docs/retrieval.md.
const bm25 = { k: 1.2, b: 0.7, d: 0.5 };
const boost = { names: 1.5 };

/** Builds the index in memory: quicker than reading it from a file would be worth. */
export function createLexicalIndex(units: readonly Unit[]): LexicalIndex {
  const index = new MiniSearch<LexicalDocument>({
    fields: ['title', 'names', 'questions', 'statements'],
    tokenize: (text) => [...words(text)],
    processTerm: (term) => (isStopWord(term) ? null : stem(term)),
    searchOptions: { combineWith: 'OR', bm25, boost },
  });
  index.addAll(units.map(documentOf));
  return {
    unitCount: units.length,
    search: (query) =>
      index
        .search(query)
        .map(({ id, score, queryTerms }) => ({ place: Number(id), score, found: queryTerms })),
  };
}

function documentOf(unit: Unit, place: number): LexicalDocument {
  return {
    id: place,
    title: unit.title,
    names: namesOf(unit).join('\n'),
    questions: questionsOf(unit).join('\n'),
    statements: statementsOf(unit).join('\n'),
  };
}
