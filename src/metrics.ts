import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Measures } from './conversation/measures.ts';
import type { IndexStatus } from './retrieval/open-index.ts';
import type { Store } from './storage/store.ts';

/** What Prometheus reads. Labels are words of the program; no id, text or address ever becomes one. */
export interface Metrics {
  readonly measures: Measures;
  /** Tells which index answers. */
  showIndex(knowledgeVersion: string, index: IndexStatus): void;
  /** Shows the process of WhatsApp's browser. @param facts asked each time the metrics are read */
  watchBrowser(facts: () => BrowserFacts): void;
  /** The state of everything now, in Prometheus' text format. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** How the process that runs WhatsApp's browser is. */
export interface BrowserFacts {
  readonly state: string;
  /** Restarts after a failure since the start. */
  readonly restarts: number;
  /** Resident memory, of the browser too. */
  readonly bytes: number;
}

/** From one millisecond to a minute: a turn takes some milliseconds, a delivery that is retried minutes. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** @param store asked for its open and dead counts each time the metrics are read */
export function createMetrics(store: Pick<Store, 'inbox' | 'outbox' | 'deadLetters'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  watchStore(registry, store);
  return {
    measures: createMeasures(registry),
    showIndex: (knowledgeVersion, index) => showIndex(registry, knowledgeVersion, index),
    watchBrowser: (facts) => watchBrowser(registry, facts),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function createMeasures(registry: Registry): Measures {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const seconds = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets: SECONDS, registers });
  const turns = counter('orienta_turns_total', 'Turns closed, by kind of reply.', ['channel', 'kind']);
  const failures = counter('orienta_turn_failures_total', 'Runs of turns that failed.', [
    'channel',
    'outcome',
  ]);
  const deliveries = counter('orienta_deliveries_total', 'Tries to deliver a reply.', ['channel', 'outcome']);
  const stages = seconds('orienta_stage_seconds', 'Time of each stage of a turn.', ['stage']);
  const closing = seconds('orienta_turn_seconds', 'From arrival of a message until its reply is kept.', [
    'channel',
  ]);
  const delivering = seconds('orienta_delivery_seconds', 'From a kept reply until its platform took it.', [
    'channel',
  ]);
  return {
    stageTook: (stage, ms) => stages.observe({ stage }, ms / 1000),
    turnClosed({ channel, kind, handleMs, sinceReceivedMs }) {
      turns.inc({ channel, kind });
      stages.observe({ stage: 'handle' }, handleMs / 1000);
      closing.observe({ channel }, sinceReceivedMs / 1000);
    },
    turnFailed: ({ channel, outcome }) => failures.inc({ channel, outcome }),
    deliveryEnded({ channel, outcome, sinceClosedMs }) {
      deliveries.inc({ channel, outcome });
      if (outcome === 'delivered') delivering.observe({ channel }, sinceClosedMs / 1000);
    },
  };
}

function watchStore(
  registry: Registry,
  { inbox, outbox, deadLetters }: Pick<Store, 'inbox' | 'outbox' | 'deadLetters'>,
): void {
  const watch = (name: string, help: string, count: () => Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        // While the database is away nobody knows; the other metrics are wanted all the more.
        this.set(await count().catch(() => Number.NaN));
      },
    });
  };
  watch('orienta_inbox_open', 'Messages that wait or are being worked on.', () => inbox.openCount());
  watch('orienta_outbox_open', 'Replies on their way out.', () => outbox.openCount());
  watch('orienta_dead_letters', 'Messages and replies that were given up.', () => deadLetters.count());
}

function watchBrowser(registry: Registry, facts: () => BrowserFacts): void {
  const registers = [registry];
  const watch = (name: string, help: string, read: (now: BrowserFacts) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(facts()));
      },
    });
  };
  watch('orienta_whatsapp_ready', '1 while the number can send and receive.', ({ state }) =>
    state === 'ready' ? 1 : 0,
  );
  watch('orienta_whatsapp_restarts', 'Restarts of its browser after a failure.', ({ restarts }) => restarts);
  watch('orienta_whatsapp_bytes', 'Resident memory of its process and browser.', ({ bytes }) => bytes);
}

function showIndex(registry: Registry, knowledge: string, index: IndexStatus): void {
  const registers = [registry];
  const info = new Gauge({
    name: 'orienta_index_info',
    help: 'Always 1; the labels tell which index answers.',
    labelNames: ['version', 'knowledge', 'model', 'search'],
    registers,
  });
  info.set({ version: index.key, knowledge, model: index.model, search: index.search }, 1);
  new Gauge({ name: 'orienta_index_units', help: 'Units that can be found.', registers }).set(index.units);
  new Gauge({ name: 'orienta_index_vectors', help: 'Vectors in the index.', registers }).set(index.vectors);
}
