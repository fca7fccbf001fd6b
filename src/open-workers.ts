import { fill } from './answering/phrases.ts';
import type { Assistant } from './assistant.ts';
import type { Channel, ChannelName } from './channels/channel.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createDeliveryWorker } from './conversation/delivery-worker.ts';
import { sayReply } from './conversation/replies.ts';
import { createTurnHandler } from './conversation/turn-handler.ts';
import { createTurnWorker } from './conversation/turn-worker.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Database } from './storage/database.ts';
import type { Store } from './storage/store.ts';
import { createHousekeeping, HOUSEKEEPING } from './upkeep/housekeeping.ts';
import { createTicks } from './upkeep/ticks.ts';

/** What the workers work with. */
export interface WorkersParts {
  readonly config: Config;
  readonly log: Logger;
  readonly assistant: Assistant;
  /** The store's own database, for what wakes timed work. */
  readonly database: Database;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly channels: readonly Channel[];
  /** True while people wait for their messages to be taken in. */
  readonly givesWay: () => boolean;
}

/** Everything that works beside requests: turns, deliveries, timed work. */
export interface Workers {
  start(): void;
  /** A message came in: its turn need not wait for the next look. */
  wake(): void;
  /** A message waits to leave. */
  wakeDeliveries(): void;
  /** Finishes what is under way within a deadline each, gives back the rest. */
  stop(): Promise<void>;
}

/** Turns, then deliveries; a channel's browser needs the rest of the half minute that a service is given to stop. */
const FINISH_WITHIN_MS = 5_000;
/** Turns are mostly processor work: more at once only wait for each other. */
const TURNS_AT_ONCE = 8;
/**
 * Deliveries wait for a platform, each channel's for its own; as many may be repeated when the process is killed.
 * WhatsApp's are many, as they also wait for their turn: the library's door paces what leaves.
 */
const DELIVERIES_AT_ONCE: Readonly<Record<ChannelName, number>> = { web: 4, teams: 4, whatsapp: 16 };

/** @returns workers that rest until they are started */
export function openWorkers(parts: WorkersParts): Workers {
  const { log, assistant, store, metrics, channels, givesWay } = parts;
  const shared = {
    store,
    clock: systemClock,
    random: Math.random,
    log,
    measures: metrics.measures,
    givesWay,
  };
  const deliveries = channels.map((channel) =>
    createDeliveryWorker({ ...shared, channels: [channel], concurrency: DELIVERIES_AT_ONCE[channel.name] }),
  );
  const wakeDeliveries = (): void => {
    for (const pool of deliveries) pool.wake();
  };
  const turns = createTurnWorker({
    ...shared,
    handle: createTurnHandler(assistant.handle),
    apologise: ({ messages: [message] }, caseNumber) => ({
      ...sayReply('declined', 'es', fill(assistant.phrases.es.failed, { case: caseNumber })),
      inReplyTo: message.platformId,
    }),
    onReply: wakeDeliveries,
    concurrency: TURNS_AT_ONCE,
  });
  const ticks = openTicks(parts);
  return {
    start: () => {
      turns.start();
      for (const pool of deliveries) pool.start();
      ticks.start();
    },
    wake: () => turns.wake(),
    wakeDeliveries,
    stop: async () => {
      await Promise.all([ticks.stop(FINISH_WITHIN_MS), turns.stop(FINISH_WITHIN_MS)]);
      await Promise.all(deliveries.map((pool) => pool.stop(FINISH_WITHIN_MS)));
    },
  };
}

function openTicks({ config, log, database, store }: WorkersParts) {
  const shared = { store, clock: systemClock, log };
  const housekeeping = createHousekeeping({ ...shared, retentionDays: config.RETENTION_DAYS });
  return createTicks({ ...shared, database, handlers: { [HOUSEKEEPING]: housekeeping } });
}
