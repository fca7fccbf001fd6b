/** How the waits between tries grow. */
export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Twice the last wait, up to the longest, of which at least half is waited.
 * @param failures how many tries failed before, this one included
 * @param random 0 ≤ random < 1
 */
export function backOffMs({ firstMs, longestMs }: BackOff, failures: number, random: number): number {
  const doubled = Math.min(firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30), longestMs);
  return Math.round(doubled * (0.5 + random / 2));
}
