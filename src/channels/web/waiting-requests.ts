import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { ConversationId, InboundMessage, Receive, Reply } from '../channel.ts';

/** How requests wait. */
export interface WaitingOptions {
  /** How long a request waits for its reply. */
  readonly deadlineMs: number;
  /** The reply to a message by Orienta's own id: another process may have worked it out. */
  readonly findReply: (id: string) => Promise<Reply | undefined>;
  readonly pollMs: number;
}

/** The requests that are open until their reply comes. */
export interface WaitingRequests {
  /**
   * Hands a message in and waits for its reply.
   * @throws {AppError} `CHANNEL_UNAVAILABLE`, retryable, without a reply in time; what the receiver refused it with
   */
  wait(receive: Receive, message: InboundMessage): Promise<Reply>;
  /** Gives a reply to whom it answers, else to who has waited longest in that conversation; nobody may be waiting. */
  answer(to: ConversationId, reply: Reply): void;
  /** Refuses everybody who waits. */
  refuseAll(why: string): void;
}

/** One request that waits. Settling it twice changes nothing. */
interface Waiting {
  readonly message: InboundMessage;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

/** @returns an empty waiting room */
export function createWaitingRequests({ deadlineMs, findReply, pollMs }: WaitingOptions): WaitingRequests {
  /** By message id, oldest first. */
  const open = new Map<string, Waiting>();

  const poll = async (waiting: Waiting, id: string): Promise<void> => {
    while (open.has(waiting.message.id)) {
      await sleep(pollMs, undefined, { ref: false });
      // The database may be away for a while; the deadline decides.
      const reply = await findReply(id).catch(() => undefined);
      if (reply !== undefined) waiting.resolve(reply);
    }
  };

  return {
    wait: (receive, message) =>
      new Promise<Reply>((resolve, reject) => {
        const settle =
          <T>(finish: (value: T) => void): ((value: T) => void) =>
          (value) => {
            clearTimeout(timer);
            open.delete(message.id);
            finish(value);
          };
        const waiting: Waiting = { message, resolve: settle(resolve), reject: settle(reject) };
        const timer = setTimeout(
          () => waiting.reject(unavailable(`no reply in ${deadlineMs} ms`)),
          deadlineMs,
        );
        open.set(message.id, waiting);
        receive(message)
          .then(({ id }) => poll(waiting, id))
          .catch(waiting.reject);
      }),
    answer: (to, reply) => findWaiting([...open.values()], to, reply)?.resolve(reply),
    refuseAll: (why) => {
      for (const waiting of open.values()) waiting.reject(unavailable(why));
    },
  };
}

/** The web chat cannot answer now; the same question may be asked again. */
export function unavailable(why: string): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', `The web chat could not answer: ${why}.`, { retryable: true });
}

function findWaiting(open: readonly Waiting[], to: ConversationId, reply: Reply): Waiting | undefined {
  return open.find(
    ({ message }) =>
      message.conversation === to && (reply.inReplyTo === undefined || reply.inReplyTo === message.id),
  );
}
