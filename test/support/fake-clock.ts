import type { Clock } from '#src/clock.ts';

/** A clock that stands still until it is told. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export function createFakeClock(start = '2026-03-02T15:00:00Z'): FakeClock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance(ms) {
      at += ms;
    },
  };
}
