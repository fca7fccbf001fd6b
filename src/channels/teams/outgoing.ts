import type { Block } from '../../answering/answer.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { ConversationId, Reply, SendOptions } from '../channel.ts';
import type { ConversationReferences, StoredReference } from './conversation-references.ts';
import { errorFacts } from './error-facts.ts';
import type { Delivery } from './reachable-delivery.ts';
import { replyActivities, textActivities } from './reply-activities.ts';
import type { OutboundActivity } from './teams-adapter.ts';
import { createTypingSigns } from './typing-signs.ts';

/** Everything that Orienta writes into Teams. */
export interface Outgoing {
  /** Delivers a reply. @returns ids in order @throws {AppError} see `Channel.send` */
  send(to: ConversationId, reply: Reply, options?: SendOptions): Promise<readonly string[]>;
  /** Writes a fixed text in the background; a failure is only logged. */
  say(reference: StoredReference, blocks: readonly Block[]): void;
  /** Shows that an answer is coming until it leaves, in the background. A reply to the same conversation waits for it. */
  showTyping(to: ConversationId, reference: StoredReference): void;
  /** No answer is coming after all. */
  stopTyping(to: ConversationId): Promise<void>;
  /** Resolves when nothing is being written in the background any more. */
  settled(): Promise<void>;
}

/** What the outgoing side is made from. */
export interface OutgoingParts {
  readonly adapter: Delivery;
  readonly references: ConversationReferences;
  readonly log: Logger;
  /** Whether there is a legal unit that can be asked. */
  readonly legal?: boolean;
}

/** @returns the outgoing side; it starts nothing by itself */
export function createOutgoing({ adapter, references, log, legal = false }: OutgoingParts): Outgoing {
  const background = createBackground(adapter, log);
  const typing = createTypingSigns((reference) => background.write(reference, [{ type: 'typing' }]));
  return {
    send: async (to, reply, options) => {
      const reference = await references.get(to);
      if (reference === undefined) {
        throw new AppError(
          'UNREACHABLE_PERSON',
          'No conversation reference is kept: the bot was never there or was removed.',
        );
      }
      await typing.end(to);
      return adapter.deliver(reference, replyActivities(reply, legal), options?.signal);
    },
    say: (reference, blocks) => {
      void background.write(reference, textActivities({ blocks, citations: [] }));
    },
    showTyping: typing.begin,
    stopTyping: typing.end,
    settled: async () => {
      await typing.endAll();
      await background.settled();
    },
  };
}

interface Background {
  /** Never rejects: a failure is only logged, and gives false. */
  write(reference: StoredReference, activities: readonly OutboundActivity[]): Promise<boolean>;
  settled(): Promise<void>;
}

/** Writes that nobody waits for. */
function createBackground(adapter: Delivery, log: Logger): Background {
  const underWay = new Set<Promise<boolean>>();
  return {
    write: (reference, activities) => {
      const writing = adapter
        .deliver(reference, activities)
        .then(() => true)
        .catch((error: unknown) => {
          log.warn(errorFacts(error), 'teams background message not delivered');
          return false;
        })
        .finally(() => underWay.delete(writing));
      underWay.add(writing);
      return writing;
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}
