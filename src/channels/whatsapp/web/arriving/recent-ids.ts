/** The ids of the newest messages. */
export interface RecentIds {
  /** @returns false when it is among them already */
  add(id: string): boolean;
  /** It is to be taken when it comes again. */
  remove(id: string): void;
}

export function createRecentIds(most: number): RecentIds {
  const ids = new Set<string>();
  return {
    add: (id) => {
      if (ids.has(id)) return false;
      ids.add(id);
      const [oldest] = ids;
      if (ids.size > most && oldest !== undefined) ids.delete(oldest);
      return true;
    },
    remove: (id) => void ids.delete(id),
  };
}
