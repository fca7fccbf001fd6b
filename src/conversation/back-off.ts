/** How the waits between tries grow. */
export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Exponential back-off with full jitter: anything between nothing and the doubled wait, so that those who failed
 * together do not come back together.
 * @param failures how many tries failed before, this one included
 * @param random 0 ≤ random < 1
 */
export function waitMs({ firstMs, longestMs }: BackOff, failures: number, random: number): number {
  const doubled = firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30);
  return Math.round(random * Math.min(doubled, longestMs));
}
