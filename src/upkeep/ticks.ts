import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { errorCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import { createBossAlarm } from '../storage/boss-alarm.ts';
import type { Database } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';
import { type HandleDue, runDue } from './due-work.ts';
import { planHousekeeping } from './housekeeping.ts';

/** What ticks work with. */
export interface TicksParts {
  /** The store's own database; the alarm has tables beside the store's in it. */
  readonly database: Database;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** By kind of entry in the schedule. */
  readonly handlers: Readonly<Record<string, HandleDue>>;
  /** How often the alarm is listened to, in ms. */
  readonly pollMs?: number;
}

/** Timed work: every minute one of the gateways does what the schedule says is due. */
export interface Ticks {
  /** Returns at once; the alarm is made in the background and made again until the database allows it. */
  start(): void;
  /** Rings no more, and waits for what is being done within the deadline. Safe to call twice. */
  stop(deadlineMs: number): Promise<void>;
}

const EVERY_S = 60;
const POLL_MS = 10_000;

/** @returns ticks that are still until they are started */
export function createTicks(parts: TicksParts): Ticks {
  const { log, pollMs = POLL_MS } = parts;
  const stopping = new AbortController();
  const listen = createListener(parts, stopping.signal);
  let round: Promise<void> | undefined;
  let poll: NodeJS.Timeout | undefined;
  const next = (): void => {
    if (stopping.signal.aborted) return;
    round ??= listen()
      .catch((error: unknown) => log.warn({ error: errorCode(error) }, 'timed work waits for the database'))
      .finally(() => {
        round = undefined;
      });
  };
  return {
    start() {
      if (poll !== undefined) return;
      poll = setInterval(next, pollMs);
      next();
    },
    async stop(deadlineMs) {
      clearInterval(poll);
      stopping.abort();
      await Promise.race([round, sleep(deadlineMs, undefined, { ref: false })]);
    },
  };
}

/** Listens to the alarm once. The first time that the database allows it, the alarm is made and housekeeping planned. */
function createListener(parts: TicksParts, signal: AbortSignal): () => Promise<void> {
  const { database, store, clock, log, handlers } = parts;
  const alarm = createBossAlarm(database, EVERY_S);
  const work = { store, log, handlers, owner: randomUUID() };
  let ready = false;
  return async () => {
    if (!ready) {
      await alarm.prepare();
      await planHousekeeping(store, clock);
      ready = true;
    }
    await alarm.listen(async () => {
      const done = await runDue(work, signal);
      if (done > 0) log.debug({ done }, 'due work done');
    });
  };
}
