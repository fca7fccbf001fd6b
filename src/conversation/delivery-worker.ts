import { type Channel, canWriteFirst } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { AppError, errorCode, RateLimitedError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ClaimedDelivery } from '../storage/outbox.ts';
import type { Store } from '../storage/store.ts';
import { type BackOff, waitMs } from './back-off.ts';
import type { DeliveryMeasure, Measures } from './measures.ts';
import { persist } from './persist.ts';
import { decodeReply } from './reply-codec.ts';
import { createWorkPool, type WorkPool } from './work-pool.ts';

/** What a delivery worker works with. */
export interface DeliveryWorkerParts {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  /** 0 ≤ random() < 1 */
  readonly random: () => number;
  readonly log: Logger;
  readonly measures?: Measures;
  /** Most deliveries at once: as many may be repeated when the process is killed. */
  readonly concurrency: number;
  /** While it is true one is done at a time. */
  readonly givesWay?: () => boolean;
  readonly leaseMs?: number;
  readonly pollMs?: number;
  readonly backOff?: BackOff;
  /** Tries until a delivery is given up. */
  readonly mostTries?: number;
}

const BACK_OFF: BackOff = { firstMs: 1_000, longestMs: 10 * 60_000 };
const MOST_TRIES = 10;

/** Takes what is in the outbox and hands it to its channel: replies to send, chats to clear. Channels that are not ready keep theirs waiting. */
export function createDeliveryWorker(parts: DeliveryWorkerParts): WorkPool {
  const { store, channels, leaseMs = 30_000, pollMs = 500, concurrency, log } = parts;
  return createWorkPool<ClaimedDelivery>(
    {
      name: 'deliveries',
      claim: async (limit) => {
        const ready = channels
          .filter((channel) => channel.status().state === 'ready')
          .map(({ name }) => name);
        return ready.length === 0 ? [] : store.outbox.claim({ channels: ready, limit, leaseMs });
      },
      work: (delivery, signal) => deliver(parts, delivery, signal, leaseMs),
      renew: (delivery) => store.outbox.renew(delivery, leaseMs),
      release: (delivery) => store.outbox.release(delivery),
      describe: ({ id, message, channel }) => ({ delivery: id, turn: message, channel }),
    },
    { concurrency, givesWay: parts.givesWay, leaseMs, pollMs, log },
  );
}

async function deliver(
  parts: DeliveryWorkerParts,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
  leaseMs: number,
): Promise<void> {
  const { store, channels, log } = parts;
  const about = { delivery: delivery.id, turn: delivery.message, channel: delivery.channel };
  const channel = channels.find(({ name }) => name === delivery.channel);
  if (channel === undefined) return store.outbox.release(delivery);
  let ids: readonly string[];
  try {
    ids = await handOver(channel, delivery, signal);
  } catch (error) {
    // The lease is lost or given back: whoever has it now decides.
    if (signal.aborted) return;
    log.warn({ ...about, failures: delivery.failures + 1, error: errorCode(error) }, 'delivery failed');
    return afterFailure(parts, delivery, error, leaseMs);
  }
  if (!(await persist(() => store.outbox.delivered(delivery, ids), leaseMs))) {
    return log.warn(about, 'delivered, but the lease was lost: it may be delivered again');
  }
  measure(parts, delivery, 'delivered');
  log.info({ ...about, kind: delivery.kind }, 'delivered');
}

async function handOver(
  channel: Channel,
  { kind, conversation, payload, createdAt }: ClaimedDelivery,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (kind === 'clear') {
    await channel.clear?.(conversation);
    return [];
  }
  const options = { signal, since: createdAt };
  if (kind !== 'nudge') return channel.send(conversation, decodeReply(payload), options);
  if (canWriteFirst(channel)) return channel.writeFirst(conversation, decodeReply(payload), options);
  throw new AppError('NUDGE_REFUSED', `Nobody is written to first on ${channel.name}.`);
}

function measure(
  { measures, clock }: DeliveryWorkerParts,
  { channel, createdAt }: ClaimedDelivery,
  outcome: DeliveryMeasure['outcome'],
): void {
  measures?.deliveryEnded({ channel, outcome, sinceClosedMs: clock.now().getTime() - createdAt.getTime() });
}

async function afterFailure(
  parts: DeliveryWorkerParts,
  delivery: ClaimedDelivery,
  error: unknown,
  leaseMs: number,
): Promise<void> {
  const { store, clock, random, backOff = BACK_OFF, mostTries = MOST_TRIES } = parts;
  const failures = delivery.failures + 1;
  // What no adapter has translated is unknown, not hopeless.
  const hopeless = error instanceof AppError && !error.retryable;
  if (hopeless || failures >= mostTries) {
    await persist(() => store.outbox.giveUp(delivery, errorCode(error)), leaseMs);
    return measure(parts, delivery, 'dead');
  }
  const demanded = error instanceof RateLimitedError ? error.retryAfterMs : 0;
  const at = new Date(clock.now().getTime() + demanded + waitMs(backOff, failures, random()));
  await persist(() => store.outbox.retry(delivery, at, errorCode(error)), leaseMs);
  measure(parts, delivery, 'retried');
}
