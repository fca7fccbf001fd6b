import type { SenderName } from '../channel.ts';

/** Tells whether somebody has just been answered for calling. */
export interface RecentCalls {
  has(names: readonly SenderName[]): boolean;
  add(names: readonly SenderName[]): void;
}

/** Who rings and gets no answer rings again at once; one text that says to write is enough. */
const QUIET_MS = 10 * 60_000;

/** @param now decides how long ago a call was; what is longer ago is forgotten */
export function createRecentCalls(now: () => Date): RecentCalls {
  /** By name, in the order of calling: a person may be known by a phone and by a LID. */
  const calledAt = new Map<string, number>();
  const isRecent = (at: number | undefined): boolean => at !== undefined && now().getTime() - at < QUIET_MS;
  return {
    has: (names) => names.some((name) => isRecent(calledAt.get(keyOf(name)))),
    add: (names) => {
      for (const [key, at] of calledAt) {
        if (isRecent(at)) break;
        calledAt.delete(key);
      }
      for (const name of names) {
        calledAt.delete(keyOf(name));
        calledAt.set(keyOf(name), now().getTime());
      }
    },
  };
}

function keyOf({ kind, value }: SenderName): string {
  return `${kind} ${value}`;
}
