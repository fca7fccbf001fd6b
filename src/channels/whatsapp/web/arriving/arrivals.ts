import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, errorCode } from '../../../../errors.ts';
import type { Logger } from '../../../../log.ts';
import type { Receive } from '../../../channel.ts';
import type { Audio, TakeMessage, WhatsAppMessage } from '../../message.ts';
import { type BackOff, backOffMs } from '../back-off.ts';
import type { Heard } from '../door-run.ts';
import type { Watermark } from '../session/watermark.ts';
import type { Amended } from '../whatsapp-web-parts.ts';
import { createChatQueues } from './chat-queues.ts';
import { createRecentIds } from './recent-ids.ts';
import { toReaction, toWhatsAppMessage } from './to-whatsapp-message.ts';

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

/** What comes in from WhatsApp on its way to the store. */
export class Arrivals {
  readonly #parts: ArrivalsParts;
  readonly #queues = createChatQueues(CHATS_AT_ONCE);
  readonly #recent = createRecentIds(MOST_RECENT);
  readonly #closing = new AbortController();
  #receive: Receive | undefined;

  constructor(parts: ArrivalsParts) {
    this.#parts = parts;
  }

  /** Messages that came in and are not kept yet. */
  get size(): number {
    return this.#queues.size;
  }

  open(receive: Receive): void {
    this.#receive = receive;
  }

  hear(heard: Heard): void {
    const { forget, download } = this.#parts;
    if (heard.type === 'deleted') {
      this.#enqueue(heard.chat, () => forget(heard.id));
      return;
    }
    if (heard.type === 'reaction') {
      // One that is taken back says nothing.
      if (heard.emoji !== '') this.#take(toReaction(heard));
      return;
    }
    const message = toWhatsAppMessage(heard.message, () => download(heard.message.id));
    if (heard.type === 'edited') this.#edit(message);
    else this.#take(message);
  }

  /** Resolves when all that was heard is kept. */
  settled(): Promise<void> {
    return this.#queues.idle();
  }

  /** Takes nothing more; what is not kept within this is left to the next sweep. */
  async close(withinMs: number): Promise<void> {
    this.#receive = undefined;
    await Promise.race([this.#queues.idle(), sleep(withinMs, undefined, { ref: false })]);
    const left = this.#queues.size;
    this.#queues.drop();
    this.#closing.abort();
    if (left > 0) this.#parts.log.warn({ left }, 'WhatsApp messages are left to the next start');
  }

  #take(message: WhatsAppMessage): void {
    if (this.#receive === undefined || !this.#recent.add(message.id)) return;
    const kept = this.#parts.watermark.pending(message.sentAt.getTime());
    this.#enqueue(message.chat, (receive) => this.#parts.take(message, receive), kept);
  }

  #edit(message: WhatsAppMessage): void {
    if (message.body.kind !== 'text') return;
    const { text } = message.body;
    const newId = editId(message.id, text);
    if (!this.#recent.add(newId)) return;
    const { amend, take } = this.#parts;
    this.#enqueue(message.chat, async (receive) => {
      const came = await amend(message.id, text);
      // One that was never kept is taken now, under its own name, in case it still comes.
      if (came === 'unknown') await take(message, receive);
      if (came === 'closed') await take({ ...message, id: newId }, receive);
    });
  }

  #enqueue(chat: string, work: (receive: Receive) => Promise<unknown>, onKept?: () => void): void {
    const receive = this.#receive;
    if (receive === undefined) return;
    this.#queues.add(chat, async () => {
      if (await persist(this.#parts, () => work(receive), this.#closing.signal)) onKept?.();
    });
  }
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
