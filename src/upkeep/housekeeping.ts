import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../storage/store.ts';
import type { HandleDue } from './due-work.ts';

/** Kind and key of its entry in the schedule. */
export const HOUSEKEEPING = 'housekeeping';

/** What housekeeping works with. */
export interface HousekeepingParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long masked text is kept, in days. */
  readonly retentionDays: number;
}

const EVERY_MS = 60 * 60 * 1000;
const ROTATED_AT_ONCE = 200;
/** So that one hour's work ends within it, whatever is stored: the next hour goes on. */
const MOST_ROTATIONS = 500;

/** Clears what has been kept long enough, seals again what old keys sealed, frees the room; every hour. */
export function createHousekeeping(parts: HousekeepingParts): HandleDue {
  const { store, clock, log, retentionDays } = parts;
  return async (_due, signal) => {
    const swept = await store.upkeep.sweep(retentionDays);
    const rotated = await rotateAll(store, signal);
    await store.upkeep.compact();
    log.info({ ...swept, rotated }, 'housekeeping done');
    await store.schedule.put({ ...entry(clock), dueAt: new Date(clock.now().getTime() + EVERY_MS) });
  };
}

/** Puts housekeeping into the schedule, due at once, where it is not there yet. */
export async function planHousekeeping(store: Store, clock: Clock): Promise<void> {
  await store.schedule.plan(entry(clock));
}

function entry(clock: Clock) {
  return { key: HOUSEKEEPING, kind: HOUSEKEEPING, ref: HOUSEKEEPING, dueAt: clock.now() };
}

async function rotateAll(store: Store, signal: AbortSignal): Promise<number> {
  let rotated = 0;
  for (let batch = 0; batch < MOST_ROTATIONS && !signal.aborted; batch += 1) {
    const done = await store.upkeep.rotateKeys(ROTATED_AT_ONCE);
    if (done === 0) break;
    rotated += done;
  }
  return rotated;
}
