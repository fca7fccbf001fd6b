import type { Channel, ConversationId, Reply } from '../../src/channels/channel.ts';
import { systemClock } from '../../src/clock.ts';
import { createReceiver } from '../../src/conversation/accept-message.ts';
import { createDeliveryWorker } from '../../src/conversation/delivery-worker.ts';
import { createTurnWorker, type HandleTurn } from '../../src/conversation/turn-worker.ts';
import { createLog } from '../../src/log.ts';
import type { Store } from '../../src/storage/store.ts';

/** The durable core between a platform that only counts and people who only ask. */
export interface BenchedCore {
  /** Hands a question in and waits until its reply reached the platform. @returns how long that took, in ms */
  ask(conversation: ConversationId, text: string): Promise<number>;
  stop(): Promise<void>;
}

/** How many turns and deliveries at once. */
export interface BenchedLimits {
  readonly turns: number;
  readonly deliveries: number;
}

/** Starts the workers as the gateway does, with a channel that delivers at once. */
export function startCore(store: Store, handle: HandleTurn, limits: BenchedLimits): BenchedCore {
  const answered = new Map<string, () => void>();
  const channel = countingChannel((id) => {
    answered.get(id)?.();
    answered.delete(id);
  });
  const shared = { store, clock: systemClock, random: Math.random, log: createLog('error') };
  const deliveries = createDeliveryWorker({ ...shared, channels: [channel], concurrency: limits.deliveries });
  const turns = createTurnWorker({
    ...shared,
    handle,
    apologise: () => sorry,
    onReply: () => deliveries.wake(),
    concurrency: limits.turns,
  });
  const receive = createReceiver({ store, onAccepted: () => turns.wake(), log: shared.log })(channel);
  turns.start();
  deliveries.start();
  let asked = 0;
  return {
    async ask(conversation, text) {
      asked += 1;
      const id = `m-${process.pid}-${asked}`;
      const done = new Promise<void>((resolve) => answered.set(id, resolve));
      const from = performance.now();
      const receivedAt = new Date();
      await receive({ channel: 'whatsapp', id, conversation, audience: 'public', text, receivedAt });
      await done;
      return performance.now() - from;
    },
    async stop() {
      await turns.stop(5_000);
      await deliveries.stop(5_000);
    },
  };
}

const sorry: Reply = { kind: 'declined', language: 'es', blocks: [], citations: [] };

function countingChannel(onReply: (id: string) => void): Channel {
  return {
    name: 'whatsapp',
    maxTextLength: 1_000,
    mayWriteFirst: false,
    start: async () => {},
    stop: async () => {},
    status: () => ({ state: 'ready' }),
    async send(_to, { inReplyTo = '' }) {
      onReply(inReplyTo);
      return [inReplyTo];
    },
  };
}
