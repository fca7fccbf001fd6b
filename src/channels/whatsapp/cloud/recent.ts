/** A memory that forgets: what was kept longest ago goes first. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/** @param limits.most how many keys are kept; @param limits.ttlMs how long a key is known, from when it was set */
export function createRecent<Value>(limits: {
  readonly most: number;
  readonly ttlMs: number;
  readonly now: () => Date;
}): Recent<Value> {
  /** In the order of setting, so that the first key is the oldest. */
  const kept = new Map<string, { readonly value: Value; readonly since: number }>();
  return {
    get: (key) => {
      const found = kept.get(key);
      const isFresh = found !== undefined && limits.now().getTime() - found.since < limits.ttlMs;
      return isFresh ? found.value : undefined;
    },
    set: (key, value) => {
      kept.delete(key);
      kept.set(key, { value, since: limits.now().getTime() });
      const oldest = kept.keys().next();
      if (kept.size > limits.most && oldest.done === false) kept.delete(oldest.value);
    },
    delete: (key) => {
      kept.delete(key);
    },
  };
}
