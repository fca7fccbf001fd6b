import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { Channel, ChannelStatus, ConversationId, InboundMessage, Receive, Reply } from '../channel.ts';
import { isSessionToken } from './session.ts';
import { createWaitingRequests, unavailable, type WaitingOptions } from './waiting-requests.ts';

/** The web chat: a request brings a message and its response waits for the reply. */
export interface WebChannel extends Channel {
  /**
   * Hands a message in and waits for its reply.
   * @throws {AppError} `CHANNEL_UNAVAILABLE`, retryable, when no reply came within the deadline or the channel is not
   * running; whatever the receiver refused the message with
   */
  ask(session: string, text: string): Promise<Reply>;
}

/** What a web channel is made from. */
export interface WebChannelParts extends Omit<WaitingOptions, 'pollMs'> {
  readonly now: () => Date;
  /** How often a kept reply is looked for. */
  readonly pollMs?: number;
}

/** @returns a channel that does nothing until it is started */
export function createWebChannel({ now, pollMs = 300, ...options }: WebChannelParts): WebChannel {
  const requests = createWaitingRequests({ ...options, pollMs });
  let receive: Receive | undefined;
  return {
    name: 'web',
    maxTextLength: Number.POSITIVE_INFINITY,
    mayWriteFirst: false,
    start: async (receiver) => {
      receive = receiver;
    },
    ask: async (session, text) => {
      if (receive === undefined) throw unavailable('the channel is not running');
      return requests.wait(receive, inbound(session, text, now()));
    },
    send: async (to, reply) => {
      if (!isSessionToken(to.slice('web:'.length))) {
        throw new AppError('UNREACHABLE_PERSON', 'No web session has this address.');
      }
      // A browser that waits at another process, or asks again later, finds the reply where it is kept.
      requests.answer(to, reply);
      return [`${reply.inReplyTo ?? randomUUID()}:reply`];
    },
    status: (): ChannelStatus =>
      receive === undefined ? { state: 'off', reason: 'todavía no arranca' } : { state: 'ready' },
    stop: async () => {
      receive = undefined;
      requests.refuseAll('the channel was stopped');
    },
  };
}

function inbound(session: string, text: string, receivedAt: Date): InboundMessage {
  const conversation = `web:${session}` as ConversationId;
  return { channel: 'web', id: randomUUID(), conversation, audience: 'public', text, receivedAt };
}
