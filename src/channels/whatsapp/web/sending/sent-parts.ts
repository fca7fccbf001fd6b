/** The messages of a delivery that went out before it failed, so that the next try goes on after them. */
export interface SentParts {
  /**
   * @param key what tells the delivery from others; without a time it is a new one every time
   * @returns ids in order, to be added to; `done` forgets them
   */
  of(key: readonly [string, string, number | '']): { readonly ids: string[]; done(): void };
}

const MOST_KEPT = 1_000;

export function createSentParts(): SentParts {
  const kept = new Map<string, string[]>();
  return {
    of: (key) => {
      if (key[2] === '') return { ids: [], done: () => undefined };
      const name = JSON.stringify(key);
      const ids = kept.get(name) ?? [];
      kept.set(name, ids);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return { ids, done: () => void kept.delete(name) };
    },
  };
}
