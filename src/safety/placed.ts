import type { LineLocator } from '../knowledge/line-locator.ts';

/** What a file holds, and where it is written. */
export interface Placed<T> {
  readonly file: string;
  readonly content: T;
  readonly lineOf: LineLocator;
}
