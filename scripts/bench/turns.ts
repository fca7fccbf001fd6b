import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Channel, ConversationId, Reply } from '../../src/channels/channel.ts';
import { systemClock } from '../../src/clock.ts';
import { createReceiver } from '../../src/conversation/accept-message.ts';
import { createDeliveryWorker } from '../../src/conversation/delivery-worker.ts';
import { createTurnWorker } from '../../src/conversation/turn-worker.ts';
import { createLog } from '../../src/log.ts';
import { loadDataKeys } from '../../src/storage/data-keys.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/sql-store.ts';

/*
 * How many turns a second the durable core carries with a handler that only answers: accept, claim, close, deliver.
 * node dist/scripts/bench/turns.js [--seconds 10] [--talks 200] [--writers 16] [--database postgres://…]
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    talks: { type: 'string', default: '200' },
    writers: { type: 'string', default: '16' },
    concurrency: { type: 'string', default: '8' },
    deliveries: { type: 'string', default: '4' },
    database: { type: 'string' },
    compact: { type: 'string', default: '0' },
  },
});
const talks = Number(values.talks);
const dataDir = mkdtempSync(join(tmpdir(), 'orienta-bench-'));
const log = createLog('error');
const database = await openDatabase({ databaseUrl: values.database, dataDir, log });
const keys = loadDataKeys({ dataKeys: undefined, dataDir, production: false });
const store = await openStore({ database, keys });

const begun = new Map<string, number>();
const waits: number[] = [];
const answered = new Map<string, () => void>();
const channel: Channel = {
  name: 'whatsapp',
  maxTextLength: 1_000,
  mayWriteFirst: false,
  start: async () => {},
  stop: async () => {},
  status: () => ({ state: 'ready' }),
  async send(_to, reply) {
    const id = reply.inReplyTo ?? '';
    waits.push(performance.now() - (begun.get(id) ?? 0));
    begun.delete(id);
    answered.get(id)?.();
    answered.delete(id);
    return [id];
  },
};
const text = 'Puede tramitar su pasaporte en cualquier delegación; lleve su DPI y la boleta de pago. '.repeat(
  4,
);
const reply: Reply = {
  kind: 'answer',
  language: 'es',
  blocks: [{ kind: 'paragraph', text }],
  citations: [],
};
const shared = {
  store,
  clock: systemClock,
  random: Math.random,
  log,
};
const delivery = createDeliveryWorker({
  ...shared,
  channels: [channel],
  concurrency: Number(values.deliveries),
});
const turns = createTurnWorker({
  ...shared,
  handle: async ({ messages: [message] }) => ({
    reply: { ...reply, inReplyTo: message.platformId },
    masked: [message.text],
    context: '{"topic":"pasaporte","language":"es"}',
    sensitive: false,
  }),
  apologise: () => reply,
  onReply: () => delivery.wake(),
  concurrency: Number(values.concurrency),
});
const receive = createReceiver({ store, onAccepted: () => turns.wake(), log })(channel);
turns.start();
delivery.start();

let written = 0;
async function write(): Promise<void> {
  written += 1;
  const id = `m-${process.pid}-${written}`;
  const conversation = `whatsapp:${50_200_000_000 + (written % talks)}@c.us` as ConversationId; // brand
  const done = new Promise<void>((resolve) => answered.set(id, resolve));
  begun.set(id, performance.now());
  const question = '¿Cuánto cuesta el pasaporte de diez años y dónde lo tramito?';
  await receive({
    channel: 'whatsapp',
    id,
    conversation,
    audience: 'public',
    text: question,
    receivedAt: new Date(),
  });
  await done;
}

async function during(seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  const writers = Array.from({ length: Number(values.writers) }, async () => {
    while (performance.now() < end) await write();
  });
  await Promise.all(writers);
}

let peak = 0;
const memory = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 100);
const compacting =
  Number(values.compact) > 0
    ? setInterval(() => void store.upkeep.compact(), Number(values.compact) * 1_000)
    : undefined;
await during(2);
waits.length = 0;
const from = performance.now();
const cpu = process.cpuUsage();
await during(Number(values.seconds));
const seconds = (performance.now() - from) / 1_000;
const used = process.cpuUsage(cpu);
clearInterval(memory);
clearInterval(compacting);
await turns.stop(5_000);
await delivery.stop(5_000);
const open = (await store.inbox.openCount()) + (await store.outbox.openCount());
await store.close();
rmSync(dataDir, { recursive: true, force: true });

const sorted = waits.toSorted((a, b) => a - b);
const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
process.stdout.write(
  `${database.kind}: ${sorted.length} turns in ${seconds.toFixed(1)} s = ${Math.round(sorted.length / seconds)}/s, ` +
    `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${((used.user + used.system) / 1_000 / sorted.length).toFixed(2)} ms of this process's CPU a turn, left open ${open}, peak ${Math.round(peak / 1e6)} MB\n`,
);
