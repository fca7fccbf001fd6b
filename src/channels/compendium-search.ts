import type { ShownCitation } from '../answering/citation.ts';
import type { Audience } from '../knowledge/unit.ts';

/** A unit of the compendium that a search found. */
export interface CompendiumHit {
  readonly citation: ShownCitation;
  readonly title: string;
  /** What it says, in plain sentences. Empty for what only staff may read: where a hit is put, others read it too. */
  readonly words: readonly string[];
  /** Who says so: hosts of the sources, each once. */
  readonly sources: readonly string[];
}

/** Which part of what was found is wanted. */
export interface SearchPage {
  readonly audience: Audience;
  readonly skip: number;
  readonly count: number;
}

/** Searches the compendium, best first; an empty query gives the norms that most of the others lean on. */
export type SearchCompendium = (query: string, page: SearchPage) => Promise<readonly CompendiumHit[]>;
