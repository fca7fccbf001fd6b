import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { Receive } from '../../channel.ts';
import type { Audio, TakeMessage, WhatsAppMessage } from '../message.ts';
import { type BackOff, backOffMs } from './back-off.ts';
import { createChatQueues } from './chat-queues.ts';
import type { Heard } from './door-run.ts';
import { createRecentIds } from './recent-ids.ts';
import { toReaction, toWhatsAppMessage } from './to-whatsapp-message.ts';
import type { Watermark } from './watermark.ts';
import type { Amended } from './whatsapp-web-parts.ts';

/** What comes in from WhatsApp on its way to the store. */
export interface Arrivals {
  open(receive: Receive): void;
  hear(heard: Heard): void;
  /** Resolves when all that was heard is kept. */
  settled(): Promise<void>;
  /** Takes nothing more; what is not kept within this is left to the next sweep. */
  close(withinMs: number): Promise<void>;
  readonly size: number;
}

/** What arrivals work with. */
export interface ArrivalsParts {
  readonly take: TakeMessage;
  readonly forget: (id: string) => Promise<unknown>;
  readonly amend: (id: string, text: string) => Promise<Amended>;
  /** @returns undefined when the audio cannot be had */
  readonly download: (id: string) => Promise<Audio | undefined>;
  readonly watermark: Watermark;
  readonly retry: BackOff;
  readonly random: () => number;
  readonly log: Logger;
}

/** One slow voice note holds up its own chat only. */
const CHATS_AT_ONCE = 8;
const MOST_RECENT = 5_000;
/** A message that Orienta itself stumbles over is left after as many tries: the person's next one is to come through. */
const MOST_STUMBLES = 8;

export function createArrivals(parts: ArrivalsParts): Arrivals {
  const { take, forget, watermark, log } = parts;
  const queues = createChatQueues(CHATS_AT_ONCE);
  const recent = createRecentIds(MOST_RECENT);
  const closing = new AbortController();
  let receive: Receive | undefined;

  const enqueue = (chat: string, work: (receive: Receive) => Promise<unknown>, onKept = () => {}): void => {
    const receiver = receive;
    if (receiver === undefined) return;
    queues.add(chat, async () => {
      if (await persist(parts, () => work(receiver), closing.signal)) onKept();
    });
  };
  const takeIn = (message: WhatsAppMessage): void => {
    if (receive === undefined || !recent.add(message.id)) return;
    const kept = watermark.pending(message.sentAt.getTime());
    enqueue(message.chat, (receiver) => take(message, receiver), kept);
  };
  const edited = (message: WhatsAppMessage): void => {
    if (message.body.kind !== 'text') return;
    const { text } = message.body;
    if (!recent.add(editId(message.id, text))) return;
    enqueue(message.chat, async (receiver) => {
      const came = await parts.amend(message.id, text);
      // One that was never kept is taken now, under its own name, in case it still comes.
      if (came === 'unknown') return take(message, receiver);
      if (came === 'closed') return take({ ...message, id: editId(message.id, text) }, receiver);
      return undefined;
    });
  };

  return {
    open: (receiver) => {
      receive = receiver;
    },
    hear: (heard) => {
      if (heard.type === 'deleted') return enqueue(heard.chat, () => forget(heard.id));
      if (heard.type === 'reaction') return heard.emoji === '' ? undefined : takeIn(toReaction(heard));
      const message = toWhatsAppMessage(heard.message, () => parts.download(heard.message.id));
      return heard.type === 'edited' ? edited(message) : takeIn(message);
    },
    settled: () => queues.idle(),
    close: async (withinMs) => {
      receive = undefined;
      await Promise.race([queues.idle(), sleep(withinMs, undefined, { ref: false })]);
      queues.drop();
      closing.abort();
      if (queues.size > 0) log.warn({ left: queues.size }, 'WhatsApp messages are left to the next start');
    },
    get size() {
      return queues.size;
    },
  };
}

/** The name of a message as it was edited: each wording is a message of its own. */
function editId(id: string, text: string): string {
  return `${id}#${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/**
 * Tries until it is kept.
 * @returns false when it was cut off by the end
 */
async function persist(
  { log, retry, random }: ArrivalsParts,
  work: () => Promise<unknown>,
  closing: AbortSignal,
): Promise<boolean> {
  for (let tries = 1; !closing.aborted; tries += 1) {
    try {
      await work();
      return true;
    } catch (error) {
      const isAway = error instanceof AppError && error.retryable;
      const isGivenUp = !isAway && tries >= MOST_STUMBLES;
      log.warn({ error: errorCode(error), tries, isGivenUp }, 'a WhatsApp message is not kept yet');
      if (isGivenUp) return true;
      await sleep(backOffMs(retry, tries, random()), undefined, { signal: closing }).catch(() => undefined);
    }
  }
  return false;
}
