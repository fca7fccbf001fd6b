/** When messages may leave. Times are milliseconds of one clock. */
export interface Pacing {
  /**
   * Takes a place for one message.
   * @param isUrgent it does not wait; those after it wait the longer
   * @returns how long it has to wait
   */
  place(chat: string, now: number, isUrgent: boolean): number;
  /** A message to the chat has left. */
  left(chat: string, now: number): void;
}

/** How messages are paced. */
export interface PacingLimits {
  /** Between two messages to one chat, at least; up to half as much again is added by chance. */
  readonly chatGapMs: number;
  /** Most messages at once, and how many a minute over time. */
  readonly burst: number;
  readonly perMinute: number;
}

const MOST_CHATS = 1_000;

/** Per chat a gap; over all chats a bucket of `burst` that fills at `perMinute`. */
export function createPacing({ chatGapMs, burst, perMinute }: PacingLimits, random: () => number): Pacing {
  const everyMs = 60_000 / perMinute;
  const freeFrom = new Map<string, number>();
  /** When the bucket will be full again. */
  let fullAt = 0;
  const forgetPassed = (now: number): void => {
    if (freeFrom.size < MOST_CHATS) return;
    for (const [chat, at] of freeFrom) if (at <= now) freeFrom.delete(chat);
  };
  const keepFree = (chat: string, from: number): void => {
    const at = from + chatGapMs * (1 + random() / 2);
    freeFrom.set(chat, Math.max(freeFrom.get(chat) ?? 0, at));
  };
  return {
    place: (chat, now, isUrgent) => {
      forgetPassed(now);
      const bucket = Math.max(fullAt, now);
      const atBucket = bucket - (burst - 1) * everyMs;
      const at = isUrgent ? now : Math.max(now, atBucket, freeFrom.get(chat) ?? 0);
      // A message that waits for its chat takes its share when it leaves.
      fullAt = Math.max(bucket, at) + everyMs;
      keepFree(chat, at);
      return at - now;
    },
    left: (chat, now) => keepFree(chat, now),
  };
}

/** How long a person would seem to write it. */
export function typingTimeMs(text: string, longestMs: number, random: number): number {
  return Math.round(Math.min(longestMs, 300 + text.length * 8) * (0.7 + random * 0.3));
}
