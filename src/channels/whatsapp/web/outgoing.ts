import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { ConversationId, Reply, SendOptions } from '../../channel.ts';
import type { Audio, Speak } from '../message.ts';
import { DoorError, isSendFault } from './door-error.ts';
import { createPacing, typingTimeMs } from './pacing.ts';
import type { Ask, AskOptions } from './process-link.ts';
import { createSentParts } from './sent-parts.ts';
import type { WhatsAppWebLimits } from './whatsapp-web-parts.ts';

/** What leaves for WhatsApp. */
export interface Outgoing {
  /** @throws {AppError} `UNREACHABLE_PERSON` when nobody is there; other failures are `retryable` */
  send(to: ConversationId, reply: Reply, options?: SendOptions): Promise<readonly string[]>;
  /** Deliveries under way. */
  readonly size: number;
}

/** What outgoing messages are sent with. */
export interface OutgoingParts {
  readonly ask: (what: Ask, options: AskOptions) => Promise<unknown>;
  readonly isOnline: () => boolean;
  readonly render: (reply: Reply) => readonly string[];
  readonly speak: Speak | undefined;
  /** Several sends in a row failed, to more than one person: WhatsApp Web is no longer what the library knows. */
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
  /** Ids of the parts that went out in earlier tries of it, in order. */
  readonly sent: string[];
}

const PREFIX = 'whatsapp:';
/** Failures in a row, to at least two chats. */
const MOST_FAILURES = 3;
const sentSchema = z.union([
  z.string().min(1),
  z.object({ id: z.string().min(1) }).transform(({ id }) => id),
]);

/** The id that WhatsApp knows the chat by. */
export function chatOf(conversation: ConversationId): string {
  return conversation.startsWith(PREFIX) ? conversation.slice(PREFIX.length) : conversation;
}

export function createOutgoing(parts: OutgoingParts): Outgoing {
  const { render, isOnline, limits, random } = parts;
  const pacing = createPacing(limits, random);
  const sentParts = createSentParts();
  const turns = new Map<string, Promise<unknown>>();
  const failed = new Set<string>();
  let failures = 0;
  let size = 0;

  const judge = (chat: string, error: unknown): void => {
    if (!isSendFault(error)) return;
    failed.add(chat);
    failures += 1;
    if (failures < MOST_FAILURES || failed.size < 2) return;
    heal();
    parts.onSendsFail();
  };
  const heal = (): void => {
    failures = 0;
    failed.clear();
  };

  const pace = async (text: string, { chat, isUrgent, signal }: Delivery): Promise<void> => {
    const waitMs = pacing.place(chat, performance.now(), isUrgent);
    if (isUrgent) return;
    await pause(waitMs, signal);
    const typingMs = typingTimeMs(text, limits.typingMs, random());
    // It is a courtesy: nothing waits for it, and nothing fails with it.
    parts.ask({ type: 'typing', chat, on: true }, { timeoutMs: limits.requestMs }).catch(() => undefined);
    await pause(typingMs, signal);
  };
  const post = async (what: Ask, shown: string, delivery: Delivery): Promise<void> => {
    const { chat, signal } = delivery;
    await pace(shown, delivery);
    try {
      const id = sentSchema.parse(await parts.ask(what, { timeoutMs: limits.sendMs, signal }));
      delivery.sent.push(id);
      heal();
    } catch (error) {
      judge(chat, error);
      throw error instanceof AppError ? error : new DoorError('failed');
    } finally {
      pacing.left(chat, performance.now());
    }
  };
  const sendVoice = async (audio: Audio, delivery: Delivery): Promise<boolean> => {
    const data = Buffer.from(audio.bytes).toString('base64');
    try {
      await post({ type: 'send-voice', chat: delivery.chat, data, ...sinceOf(delivery) }, '', delivery);
      return true;
    } catch (error) {
      if (!isSendFault(error)) throw error;
      parts.log.warn({ error: errorCode(error) }, 'an answer could not be sent as audio: the words are sent');
      return false;
    }
  };
  const deliver = async (reply: Reply, delivery: Delivery): Promise<void> => {
    const audio = reply.spoken === undefined ? undefined : await spoken(parts, reply);
    if (audio !== undefined && (delivery.sent.length > 0 || (await sendVoice(audio, delivery)))) return;
    for (const text of render(reply).slice(delivery.sent.length)) {
      await post({ type: 'send-text', chat: delivery.chat, text, ...sinceOf(delivery) }, text, delivery);
    }
  };
  /** One after another in a chat; danger does not stand in line. */
  const inTurn = async (chat: string, isUrgent: boolean, work: () => Promise<void>): Promise<void> => {
    if (isUrgent) return work();
    const turn = (turns.get(chat) ?? Promise.resolve()).then(work, work);
    turns.set(chat, turn);
    await turn.finally(() => turns.get(chat) === turn && turns.delete(chat));
  };

  return {
    send: async (to, reply, { signal, since } = {}) => {
      if (!isOnline()) throw new DoorError('not-ready');
      const chat = chatOf(to);
      const isUrgent = reply.kind === 'emergency';
      const memory = sentParts.of([to, reply.inReplyTo ?? '', since?.getTime() ?? '']);
      const delivery: Delivery = { chat, isUrgent, since, signal, sent: memory.ids };
      size += 1;
      try {
        await inTurn(chat, isUrgent, () => deliver(reply, delivery));
      } finally {
        size -= 1;
      }
      memory.done();
      return [...delivery.sent];
    },
    get size() {
      return size;
    },
  };
}

function sinceOf({ since }: Delivery): { readonly since?: number } {
  return since === undefined ? {} : { since: since.getTime() };
}

async function spoken({ speak, log }: OutgoingParts, reply: Reply): Promise<Audio | undefined> {
  try {
    return await speak?.(reply);
  } catch (error) {
    log.warn({ error: errorCode(error) }, 'an answer could not be spoken: the words are sent');
    return undefined;
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  if (signal?.aborted === true) throw new DoorError('aborted');
}
