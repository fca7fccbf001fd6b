/** What speaks for one unit as the answer to one query. */
export interface Signals {
  /** BM25 against the best unit of the query, 0..1. */
  readonly lexical: number;
  /** Share of the query's words, weighed by how rare they are, that the unit has; 0..1. */
  readonly coverage: number;
  /** Cosine to everything that leads to the unit. */
  readonly whole: number;
  /** Cosine to the nearest of the unit's questions. */
  readonly question: number;
}
