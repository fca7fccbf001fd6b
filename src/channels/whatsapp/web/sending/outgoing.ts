import { z } from 'zod';
import { AppError, errorCode } from '../../../../errors.ts';
import type { Logger } from '../../../../log.ts';
import type { ConversationId, Reply, SendOptions } from '../../../channel.ts';
import type { Audio, Speak } from '../../message.ts';
import { DoorError, isSendFault } from '../door-error.ts';
import type { AskOptions } from '../process/open-requests.ts';
import type { Ask } from '../process/process-link.ts';
import type { WhatsAppWebLimits } from '../whatsapp-web-parts.ts';
import { createPacing, type Pacing, typingTimeMs } from './pacing.ts';
import { createPauses } from './pauses.ts';
import { createSendHealth, type SendHealth } from './send-health.ts';
import { createSentParts } from './sent-parts.ts';
import { createTurnsOfChats } from './turns-of-chats.ts';

/** What outgoing messages are sent with. */
export interface OutgoingParts {
  readonly ask: (what: Ask, options: AskOptions) => Promise<unknown>;
  readonly isOnline: () => boolean;
  readonly render: (reply: Reply) => readonly string[];
  readonly speak?: Speak | undefined;
  /** Several sends in a row failed, to more than one person. */
  readonly onSendsFail: () => void;
  readonly limits: WhatsAppWebLimits;
  readonly random: () => number;
  readonly log: Logger;
}

/** One delivery. */
interface Delivery {
  readonly chat: string;
  readonly isUrgent: boolean;
  readonly since: Date | undefined;
  readonly signal: AbortSignal | undefined;
  /** Ids of the messages that went out, earlier tries included, in order. */
  readonly sent: string[];
}

const PREFIX = 'whatsapp:';
const sentIdSchema = z.string().min(1);

/** The id that WhatsApp knows the chat by. */
export function chatOf(conversation: ConversationId): string {
  return conversation.startsWith(PREFIX) ? conversation.slice(PREFIX.length) : conversation;
}

/** What leaves for WhatsApp: rendered, paced, with typing shown, and counted as sent when a server has it. */
export class Outgoing {
  readonly #parts: OutgoingParts;
  readonly #pacing: Pacing;
  readonly #health: SendHealth;
  readonly #pauses = createPauses();
  readonly #sentParts = createSentParts();
  readonly #turns = createTurnsOfChats();
  #size = 0;

  constructor(parts: OutgoingParts) {
    this.#parts = parts;
    this.#pacing = createPacing(parts.limits, parts.random);
    this.#health = createSendHealth(parts.onSendsFail);
  }

  /** Deliveries under way. */
  get size(): number {
    return this.#size;
  }

  /** @throws {AppError} `UNREACHABLE_PERSON` when nobody is there; other failures are `retryable` */
  async send(
    to: ConversationId,
    reply: Reply,
    { signal, since }: SendOptions = {},
  ): Promise<readonly string[]> {
    if (!this.#parts.isOnline()) throw new DoorError('not-ready');
    const before = this.#sentParts.of([to, reply.inReplyTo ?? '', since?.getTime() ?? '']);
    const isUrgent = reply.kind === 'emergency';
    const delivery = { chat: chatOf(to), isUrgent, since, signal, sent: before.ids };
    const deliver = (): Promise<void> => this.#deliver(reply, delivery);
    this.#size += 1;
    try {
      // Danger does not stand in line.
      await (isUrgent ? deliver() : this.#turns.take(delivery.chat, deliver));
    } finally {
      this.#size -= 1;
    }
    before.done();
    return [...delivery.sent];
  }

  /** What waits for its time fails, to be tried again. */
  stop(): void {
    this.#pauses.cut();
  }

  async #deliver(reply: Reply, delivery: Delivery): Promise<void> {
    const { chat, since } = delivery;
    const after = since === undefined ? {} : { since: since.getTime() };
    const audio = reply.spoken === undefined ? undefined : await this.#spoken(reply);
    // Words went out in an earlier try: the rest of them follows.
    if (audio !== undefined && delivery.sent.length === 0 && (await this.#sendVoice(audio, delivery, after)))
      return;
    for (const text of this.#parts.render(reply).slice(delivery.sent.length)) {
      await this.#post({ type: 'send-text', chat, text, ...after }, text, delivery);
    }
  }

  async #spoken(reply: Reply): Promise<Audio | undefined> {
    const { speak, log } = this.#parts;
    try {
      return await speak?.(reply);
    } catch (error) {
      log.warn({ error: errorCode(error) }, 'an answer could not be spoken: the words are sent');
      return undefined;
    }
  }

  /** @returns false when the words are to be sent */
  async #sendVoice(audio: Audio, delivery: Delivery, after: { readonly since?: number }): Promise<boolean> {
    const data = Buffer.from(audio.bytes).toString('base64');
    try {
      await this.#post({ type: 'send-voice', chat: delivery.chat, data, ...after }, '', delivery);
      return true;
    } catch (error) {
      if (!isSendFault(error)) throw error;
      this.#parts.log.warn(
        { error: errorCode(error) },
        'an answer did not go out as audio: the words are sent',
      );
      return false;
    }
  }

  async #post(what: Ask, words: string, delivery: Delivery): Promise<void> {
    const { chat, signal } = delivery;
    const { ask, limits } = this.#parts;
    await this.#pace(words, delivery);
    try {
      const id = sentIdSchema.safeParse(await ask(what, { timeoutMs: limits.sendMs, signal })).data;
      if (id === undefined) throw new DoorError('not-sent');
      delivery.sent.push(id);
      this.#health.sent();
    } catch (error) {
      this.#health.failed(chat, error);
      throw error instanceof AppError ? error : new DoorError('failed');
    } finally {
      this.#pacing.left(chat, performance.now());
    }
  }

  async #pace(words: string, { chat, isUrgent, signal }: Delivery): Promise<void> {
    const { ask, limits, random } = this.#parts;
    const waitMs = this.#pacing.place(chat, performance.now(), isUrgent);
    if (isUrgent) return;
    await this.#pauses.wait(waitMs, signal);
    // It is a courtesy: nothing waits for it, and nothing fails with it.
    ask({ type: 'typing', chat, on: true }, { timeoutMs: limits.requestMs }).catch(() => undefined);
    await this.#pauses.wait(typingTimeMs(words, limits.typingMs, random()), signal);
  }
}
