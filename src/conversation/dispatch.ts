import { randomBytes } from 'node:crypto';
import { fill, type PhraseBook } from '../answering/phrases.ts';
import type { Channel, ConversationId, InboundMessage, Receive, Reply } from '../channels/channel.ts';
import type { Logger } from '../log.ts';
import type { HandleMessage } from './handle-message.ts';
import type { TalkContext } from './talk-context.ts';

/** What the dispatcher works with. */
export interface DispatchParts {
  readonly handle: HandleMessage;
  readonly phrases: PhraseBook;
  readonly log: Logger;
}

/** Runs turns: those of one conversation in order, conversations side by side. */
export interface Dispatcher {
  /** The receiver to hand to a channel; replies go back through that channel's `send`. */
  receiverFor(channel: Channel): Receive;
  /** Resolves when every turn taken so far has been answered. */
  drain(): Promise<void>;
}

/** A dispatcher that keeps its turns in the process. */
export function createDispatcher({ handle, phrases, log }: DispatchParts): Dispatcher {
  const tails = new Map<ConversationId, Promise<void>>();
  const contexts = new Map<ConversationId, TalkContext | undefined>();
  const run = async (channel: Channel, message: InboundMessage): Promise<void> => {
    const turn = randomBytes(4).toString('hex');
    const started = Date.now();
    const reply = await handle(message, contexts.get(message.conversation))
      .then((done) => {
        contexts.set(message.conversation, done.context);
        return done.reply;
      })
      .catch((error: unknown): Reply => {
        log.error({ turn, channel: channel.name, error: errorName(error) }, 'turn failed');
        return apology(fill(phrases.es.failed, { case: turn }));
      });
    try {
      await channel.send(message.conversation, { ...reply, inReplyTo: message.id });
      log.info({ turn, channel: channel.name, kind: reply.kind, ms: Date.now() - started }, 'turn answered');
    } catch (error) {
      log.error({ turn, channel: channel.name, error: errorName(error) }, 'reply not delivered');
    }
  };
  return {
    receiverFor: (channel) => async (message) => {
      const before = tails.get(message.conversation) ?? Promise.resolve();
      const tail = before.then(() => run(channel, message));
      tails.set(message.conversation, tail);
      void tail.then(() => {
        if (tails.get(message.conversation) === tail) tails.delete(message.conversation);
      });
    },
    async drain() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}

function apology(text: string): Reply {
  return {
    kind: 'declined',
    language: 'es',
    blocks: [{ kind: 'paragraph', text }],
    citations: [],
  };
}

/** The class of an error: messages may quote what a person wrote, names do not. */
function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
