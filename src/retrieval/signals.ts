/** What speaks for one unit as the answer to one query, and what speaks against it. */
export interface Signals {
  /** BM25 against the best unit of the query, 0..1. */
  readonly lexical: number;
  /** Natural logarithm of 1 + BM25: how much there is to go by, whatever the other units have. */
  readonly evidence: number;
  /** Share of the query's words, weighed by how rare they are, that the unit has; 0..1. */
  readonly coverage: number;
  /** What the unit leaves out of the query, 1 - coverage, by the square root of the query's length in words: every
   * word of a short question counts. */
  readonly gap: number;
  /** Share of the query's words, weighed likewise, that no unit has; 0..1. */
  readonly unknown: number;
  /** Cosine to everything that leads to the unit. */
  readonly whole: number;
  /** Cosine to the nearest of the unit's questions. */
  readonly question: number;
  /** 1 when the query is written in another language than Spanish, else 0: then more of it stands in no unit. */
  readonly otherLanguage: number;
  /** 1 when it asks about what another country grants, else 0. */
  readonly otherCountry: number;
}
