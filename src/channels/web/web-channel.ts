import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { Channel, ChannelStatus, ConversationId, InboundMessage, Receive, Reply } from '../channel.ts';
import { isSessionToken } from './session.ts';

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
export interface WebChannelParts {
  readonly now: () => Date;
  /** How long a request waits for its reply. */
  readonly deadlineMs: number;
  /** The reply to a message by Orienta's own id: another process may have worked it out. */
  readonly findReply: (id: string) => Promise<Reply | undefined>;
  readonly pollMs?: number;
}

/** One request that waits. Settling it twice changes nothing. */
interface Waiting {
  readonly message: InboundMessage;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

/** @returns a channel that does nothing until it is started */
export function createWebChannel({ now, deadlineMs, findReply, pollMs = 300 }: WebChannelParts): WebChannel {
  /** By message id, oldest first. */
  const open = new Map<string, Waiting>();
  let receive: Receive | undefined;

  const poll = async (waiting: Waiting, id: string): Promise<void> => {
    while (open.has(waiting.message.id)) {
      await sleep(pollMs, undefined, { ref: false });
      // The database may be away for a while; the deadline decides.
      const reply = await findReply(id).catch(() => undefined);
      if (reply !== undefined) waiting.resolve(reply);
    }
  };

  const wait = (receiver: Receive, message: InboundMessage): Promise<Reply> =>
    new Promise<Reply>((resolve, reject) => {
      const settle =
        <T>(finish: (value: T) => void): ((value: T) => void) =>
        (value) => {
          clearTimeout(timer);
          open.delete(message.id);
          finish(value);
        };
      const waiting: Waiting = { message, resolve: settle(resolve), reject: settle(reject) };
      const timer = setTimeout(() => waiting.reject(unavailable(`no reply in ${deadlineMs} ms`)), deadlineMs);
      open.set(message.id, waiting);
      receiver(message)
        .then(({ id }) => poll(waiting, id))
        .catch(waiting.reject);
    });

  return {
    name: 'web',
    maxTextLength: Number.POSITIVE_INFINITY,
    mayWriteFirst: false,
    start: async (receiver) => {
      receive = receiver;
    },
    ask: async (session, text) => {
      if (receive === undefined) throw unavailable('the channel is not running');
      return wait(receive, inbound(session, text, now()));
    },
    send: async (to, reply) => {
      if (!isSessionToken(to.slice('web:'.length))) {
        throw new AppError('UNREACHABLE_PERSON', 'No web session has this address.');
      }
      // A browser that waits at another process, or asks again later, finds the reply where it is kept.
      findWaiting([...open.values()], to, reply)?.resolve(reply);
      return [`${reply.inReplyTo ?? randomUUID()}:reply`];
    },
    status: (): ChannelStatus =>
      receive === undefined ? { state: 'off', reason: 'not started' } : { state: 'ready' },
    stop: async () => {
      receive = undefined;
      for (const waiting of open.values()) waiting.reject(unavailable('the channel was stopped'));
    },
  };
}

function findWaiting(open: readonly Waiting[], to: ConversationId, reply: Reply): Waiting | undefined {
  return open.find(
    ({ message }) =>
      message.conversation === to && (reply.inReplyTo === undefined || reply.inReplyTo === message.id),
  );
}

function inbound(session: string, text: string, receivedAt: Date): InboundMessage {
  const conversation = `web:${session}` as ConversationId;
  return { channel: 'web', id: randomUUID(), conversation, audience: 'public', text, receivedAt };
}

function unavailable(why: string): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', `The web chat could not answer: ${why}.`, { retryable: true });
}
