import type { Receive } from '../channels/channel.ts';

/** Whether messages are coming in thick and fast. */
export interface Traffic {
  /** The same receiver, watched. */
  watched(receive: Receive): Receive;
  /**
   * True while somebody waits for an acknowledgement, or just did. A platform sends again what is not acknowledged in
   * time, so what is worked out and sent gives way; it is kept and can wait.
   */
  isHeavy(): boolean;
}

/** Messages closer together than this are traffic: 20 a second. */
const CLOSE_MS = 50;

/** @param now milliseconds of a clock that only goes forward */
export function createTraffic(now: () => number): Traffic {
  let underWay = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let gapMs = Number.POSITIVE_INFINITY;
  return {
    watched: (receive) => async (message) => {
      gapMs = now() - lastAt;
      lastAt = now();
      underWay += 1;
      try {
        return await receive(message);
      } finally {
        underWay -= 1;
      }
    },
    // A lone message is no traffic: its own turn may follow at once.
    isHeavy: () => underWay > 1 || (gapMs < CLOSE_MS && now() - lastAt < CLOSE_MS),
  };
}
