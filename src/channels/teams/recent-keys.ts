/** Remembers for a while which keys have been seen. */
export interface RecentKeys {
  /** Whether the key was claimed less than the time to live ago. */
  has(key: string): boolean;
  /** @returns false when the key was claimed less than the time to live ago */
  claim(key: string): boolean;
  /** Lets the key be claimed again at once. */
  forget(key: string): void;
}

/** @param limits.most how many keys are kept; the oldest go first */
export function createRecentKeys(limits: {
  readonly most: number;
  readonly ttlMs: number;
  readonly now: () => Date;
}): RecentKeys {
  /** In the order of claiming, so that the first key is the oldest. */
  const claimedAt = new Map<string, number>();
  const has = (key: string): boolean => {
    const before = claimedAt.get(key);
    return before !== undefined && limits.now().getTime() - before < limits.ttlMs;
  };
  return {
    has,
    claim: (key) => {
      if (has(key)) return false;
      claimedAt.delete(key);
      claimedAt.set(key, limits.now().getTime());
      const oldest = claimedAt.keys().next();
      if (claimedAt.size > limits.most && oldest.done === false) claimedAt.delete(oldest.value);
      return true;
    },
    forget: (key) => {
      claimedAt.delete(key);
    },
  };
}
