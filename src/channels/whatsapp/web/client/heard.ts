/** Which messages were handed in; it forgets the oldest. */
export interface Heard {
  has(id: string): boolean;
  /** @returns false when it was there already */
  add(id: string): boolean;
}

/** @param most how many are remembered */
export function createHeard(most = 20_000): Heard {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add: (id) => {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > most) {
        const [oldest] = ids;
        if (oldest !== undefined) ids.delete(oldest);
      }
      return true;
    },
  };
}
