import type { Audience } from '../knowledge/unit.ts';
import type { Passage } from './passage.ts';

/** What a search is limited to. Audience and date are applied inside the search, before anything is ranked. */
export interface RetrieveOptions {
  /** At most so many passages. */
  readonly limit: number;
  /** `public` never sees a unit marked staff; `staff` sees both. */
  readonly audience: Audience;
  /** The day the question is about, `YYYY-MM-DD`; a unit not in force that day ranks after those in force that bear as much. */
  readonly asOf: string;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the units that bear on a question. */
export interface Retriever {
  /**
   * Best first, one passage per (norm, article). Empty means "nothing at all", never an error; whether the first is
   * near enough to answer from is told by {@link Passage.score}.
   * @throws {AppError} `INDEX_UNAVAILABLE` when no index can be read or built.
   */
  retrieve(query: string, options: RetrieveOptions): Promise<readonly Passage[]>;
}
