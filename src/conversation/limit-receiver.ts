import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { emergencyWords } from '../answering/next-step.ts';
import type { PhraseBook } from '../answering/phrases.ts';
import type { Receive, Reply } from '../channels/channel.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../storage/store.ts';
import { sayReply } from './replies.ts';
import { encodeReply } from './reply-codec.ts';

/** How much is taken before a person is asked to wait. */
export interface ReceiveLimits {
  /** Messages of one conversation in a minute; by conversation and not by address, as a shelter shares one. */
  readonly perConversation: number;
  /** Messages of everybody in a minute, a process. */
  readonly total: number;
}

/** More than anybody types, far less than a script sends. */
export const RECEIVE_LIMITS: ReceiveLimits = { perConversation: 30, total: 30_000 };

const WINDOW_S = 60;

/** What the limiter works with. */
export interface LimitParts {
  readonly store: Pick<Store, 'outbox'>;
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  /** Whether a text speaks of danger: it is taken however much the person has written; never unless said. */
  readonly isUrgent?: (text: string) => boolean;
  readonly log: Logger;
  readonly limits?: ReceiveLimits;
}

/** Puts a limit before a receiver. What is over it is not kept, and is answered politely once a minute. */
export function createReceiveLimit({
  store,
  knowledge,
  phrases,
  isUrgent = () => false,
  log,
  limits = RECEIVE_LIMITS,
}: LimitParts): (receive: Receive) => Receive {
  const perConversation = new RateLimiterMemory({ points: limits.perConversation, duration: WINDOW_S });
  const total = new RateLimiterMemory({ points: limits.total, duration: WINDOW_S });
  const payload = encodeReply(waitReply(knowledge, phrases));
  return (receive) => async (message) => {
    const { conversation, receivedAt } = message;
    const hasShare = (await takes(perConversation, conversation)) || isUrgent(message.text);
    if (hasShare && (await takes(total, 'all'))) {
      return receive(message).catch(async (error: unknown) => {
        // It was not kept and the platform sends it again: that must not use up the person's share.
        await Promise.all([perConversation.reward(conversation), total.reward('all')]);
        throw error;
      });
    }
    log.warn({ channel: message.channel }, 'message over the limit');
    const minute = Math.floor(receivedAt.getTime() / (WINDOW_S * 1000));
    const isToldNow = await store.outbox.put({
      conversation,
      kind: 'reply',
      payload,
      onceKey: `too-many ${conversation} ${minute}`,
    });
    return { id: '', silent: !isToldNow };
  };
}

/** Who writes without end may be in danger: the numbers to ring stand beside. */
function waitReply(knowledge: Knowledge, { es }: PhraseBook): Reply {
  const emergency = emergencyWords(knowledge, es);
  return sayReply('declined', 'es', es.tooMany, ...(emergency === undefined ? [] : [emergency]));
}

async function takes(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch (error) {
    if (error instanceof RateLimiterRes) return false;
    throw error;
  }
}
