import type { Receive } from '../channels/channel.ts';

/** How many messages are being taken in right now. */
export interface Traffic {
  /** The same receiver, counted. */
  counted(receive: Receive): Receive;
  /**
   * True while several people wait for their acknowledgement. A platform sends again what is not acknowledged in time,
   * so what is worked out and sent gives way; it is kept and can wait.
   */
  isHeavy(): boolean;
}

/** One message at a time is taken in by the way. */
const HEAVY = 2;

/** @returns traffic of nobody yet */
export function createTraffic(): Traffic {
  let underWay = 0;
  return {
    counted: (receive) => async (message) => {
      underWay += 1;
      try {
        return await receive(message);
      } finally {
        underWay -= 1;
      }
    },
    isHeavy: () => underWay >= HEAVY,
  };
}
