/** Remembers for a while which keys have been seen. */
export interface RecentKeys {
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
  return {
    claim: (key) => {
      const now = limits.now().getTime();
      const before = claimedAt.get(key);
      if (before !== undefined && now - before < limits.ttlMs) return false;
      claimedAt.delete(key);
      claimedAt.set(key, now);
      const oldest = claimedAt.keys().next();
      if (claimedAt.size > limits.most && oldest.done === false) claimedAt.delete(oldest.value);
      return true;
    },
    forget: (key) => {
      claimedAt.delete(key);
    },
  };
}
