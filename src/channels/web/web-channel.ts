import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { Channel, ChannelStatus, ConversationId, InboundMessage, Receive, Reply } from '../channel.ts';

/** The web chat: a request brings a message and its response waits for the reply. */
export interface WebChannel extends Channel {
  /**
   * Hands a message in and waits for its reply. Messages of one session are answered one after another.
   * @throws {AppError} `CHANNEL_UNAVAILABLE`, retryable, when no reply came within the deadline, the turn failed or the
   * channel is not running
   */
  ask(session: string, text: string): Promise<Reply>;
}

/** What a web channel is made from. */
export interface WebChannelParts {
  readonly now: () => Date;
  /** How long a request waits for its reply, queueing included. */
  readonly deadlineMs: number;
}

/** One request that waits. `settle` works once; later calls change nothing. */
interface Waiting {
  readonly message: InboundMessage;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: AppError) => void;
}

/** @returns a channel that does nothing until it is started */
export function createWebChannel({ now, deadlineMs }: WebChannelParts): WebChannel {
  /** By conversation, oldest first; only the first has been handed in. */
  const queues = new Map<ConversationId, Waiting[]>();
  let receive: Receive | undefined;

  const handIn = (waiting: Waiting): void => {
    receive?.(waiting.message).catch((cause: unknown) =>
      waiting.reject(unavailable('the turn failed', cause)),
    );
  };

  const leave = (waiting: Waiting): void => {
    const { conversation } = waiting.message;
    const queue = queues.get(conversation) ?? [];
    const wasFirst = queue[0] === waiting;
    const rest = queue.filter((other) => other !== waiting);
    if (rest.length === 0) queues.delete(conversation);
    else queues.set(conversation, rest);
    if (wasFirst && rest[0] !== undefined) handIn(rest[0]);
  };

  const wait = (message: InboundMessage): Promise<Reply> =>
    new Promise<Reply>((resolve, reject) => {
      const settle =
        <T>(finish: (value: T) => void): ((value: T) => void) =>
        (value) => {
          clearTimeout(timer);
          finish(value);
          leave(waiting);
        };
      const waiting: Waiting = { message, resolve: settle(resolve), reject: settle(reject) };
      const timer = setTimeout(() => waiting.reject(unavailable(`no reply in ${deadlineMs} ms`)), deadlineMs);
      const queue = queues.get(message.conversation) ?? [];
      queues.set(message.conversation, [...queue, waiting]);
      if (queue.length === 0) handIn(waiting);
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
      return wait(inbound(session, text, now()));
    },
    send: async (to, reply) => {
      const first = queues.get(to)?.[0];
      if (first === undefined || (reply.inReplyTo ?? first.message.id) !== first.message.id) {
        throw new AppError('UNREACHABLE_PERSON', 'The web request this reply belongs to is no longer open.');
      }
      first.resolve(reply);
      return [`${first.message.id}:reply`];
    },
    status: (): ChannelStatus =>
      receive === undefined ? { state: 'off', reason: 'not started' } : { state: 'ready' },
    stop: async () => {
      receive = undefined;
      for (const waiting of [...queues.values()].flat())
        waiting.reject(unavailable('the channel was stopped'));
    },
  };
}

function inbound(session: string, text: string, receivedAt: Date): InboundMessage {
  const conversation = `web:${session}` as ConversationId;
  return { channel: 'web', id: randomUUID(), conversation, audience: 'public', text, receivedAt };
}

function unavailable(why: string, cause?: unknown): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', `The web chat could not answer: ${why}.`, {
    retryable: true,
    cause,
  });
}
