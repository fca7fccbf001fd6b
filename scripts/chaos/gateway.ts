import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Channel, ConversationId } from '../../src/channels/channel.ts';
import { systemClock } from '../../src/clock.ts';
import { createReceiver } from '../../src/conversation/accept-message.ts';
import { createDeliveryWorker } from '../../src/conversation/delivery-worker.ts';
import { createTurnWorker } from '../../src/conversation/turn-worker.ts';
import { AppError } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { loadDataKeys } from '../../src/storage/data-keys.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/sql-store.ts';

/*
 * The process that chaos kills: the durable core with a channel to a platform over HTTP.
 * node gateway.js <data folder> <platform's address> [database's address]
 */

const [, , dataDir = '', platform = '', databaseUrl] = process.argv;
const LEASE_MS = 3_000;
const log = createLog('error');
const keys = loadDataKeys({ dataKeys: undefined, dataDir, production: false });
const store = await openStore({ database: await openDatabase({ databaseUrl, dataDir, log }), keys });

const channel: Channel = {
  name: 'whatsapp',
  maxTextLength: 1_000,
  mayWriteFirst: false,
  start: async () => {},
  stop: async () => {},
  status: () => ({ state: 'ready' }),
  async send(to, reply) {
    const answer = await fetch(`${platform}/deliver`, {
      method: 'POST',
      body: JSON.stringify({ to, replyTo: reply.inReplyTo }),
      signal: AbortSignal.timeout(5_000),
    }).catch((cause: unknown) => {
      throw new AppError('CHANNEL_UNAVAILABLE', 'The platform does not answer.', { retryable: true, cause });
    });
    if (!answer.ok) throw new AppError('CHANNEL_UNAVAILABLE', 'The platform refused.', { retryable: true });
    return [await answer.text()];
  },
};

const shared = {
  store,
  clock: systemClock,
  random: Math.random,
  log,
};
const timing = { leaseMs: LEASE_MS, pollMs: 200 };
// One delivery at a time: a kill can repeat no more than the one on its way.
const deliveries = createDeliveryWorker({ ...shared, ...timing, channels: [channel], concurrency: 1 });
const turns = createTurnWorker({
  ...shared,
  ...timing,
  concurrency: 8,
  handle: async ({ messages: [message] }) => {
    await sleep(Math.random() * 20);
    const block = { kind: 'paragraph', text: message.text } as const;
    const reply = { kind: 'answer', language: 'es', blocks: [block], citations: [] } as const;
    return { reply: { ...reply, inReplyTo: message.platformId }, masked: [message.text], sensitive: false };
  },
  apologise: ({ messages: [message] }) => ({
    inReplyTo: message.platformId,
    kind: 'declined',
    language: 'es',
    blocks: [{ kind: 'paragraph', text: 'perdón' }],
    citations: [],
  }),
  onReply: () => deliveries.wake(),
});
const receive = createReceiver({ store, onAccepted: () => turns.wake(), log })(channel);

const incomingSchema = z.object({ id: z.string(), conversation: z.string() });

async function takeIn(request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { id, conversation } = incomingSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  const to = conversation as ConversationId; // brand
  await receive({
    channel: 'whatsapp',
    id,
    conversation: to,
    audience: 'public',
    text: id,
    receivedAt: new Date(),
  });
}

const server = createServer((request, response) => {
  takeIn(request).then(
    () => response.writeHead(200).end(),
    () => response.writeHead(503).end(),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`);
});
turns.start();
deliveries.start();

process.once('SIGTERM', () => {
  server.close();
  void turns
    .stop(5_000)
    .then(() => deliveries.stop(5_000))
    .then(() => store.close())
    .then(() => process.exit(0));
});
