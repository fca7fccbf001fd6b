/** Where time comes from. Everything that decides by time asks a clock, so that a test can set it. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };
