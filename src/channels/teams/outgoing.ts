import type { Block } from '../../answering/answer.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { ConversationId, Reply, SendOptions } from '../channel.ts';
import { splitText } from '../split-text.ts';
import type { ConversationReferences, StoredReference } from './conversation-references.ts';
import { errorFacts } from './error-facts.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { OutboundActivity, TeamsAdapter } from './teams-adapter.ts';

/**
 * Teams refuses messages above about 100 KB, counted in UTF-16 with the HTML it makes of the Markdown and the envelope
 * around it. 20,000 units are 40 KB, and twice that still passes.
 */
export const MAX_TEXT_LENGTH = 20_000;

/** Everything that Orienta writes into Teams. */
export interface Outgoing {
  /** Delivers a reply. @returns ids in order @throws {AppError} see `Channel.send` */
  send(to: ConversationId, reply: Reply, options?: SendOptions): Promise<readonly string[]>;
  /** Writes a fixed text in the background; a failure is only logged. */
  say(reference: StoredReference, blocks: readonly Block[]): void;
  /** Shows that an answer is coming, in the background. A reply to the same conversation waits for it. */
  showTyping(to: ConversationId, reference: StoredReference): void;
  /** Resolves when nothing is being written in the background any more. */
  settled(): Promise<void>;
}

/** What the outgoing side is made from. */
export interface OutgoingParts {
  readonly adapter: TeamsAdapter;
  readonly references: ConversationReferences;
  readonly log: Logger;
}

/** @returns the outgoing side; it starts nothing by itself */
export function createOutgoing({ adapter, references, log }: OutgoingParts): Outgoing {
  const background = createBackground(adapter, log);
  /** A typing sign that overtakes its answer would stay on the screen. */
  const typing = new Map<ConversationId, Promise<void>>();
  return {
    send: async (to, reply, options) => {
      const reference = await references.get(to);
      if (reference === undefined) {
        throw new AppError(
          'UNREACHABLE_PERSON',
          'No conversation reference is kept: the bot was never there or was removed.',
        );
      }
      await typing.get(to);
      return adapter.deliver(reference, messages(renderMarkdown(reply)), options?.signal);
    },
    say: (reference, blocks) => {
      void background.write(reference, messages(renderMarkdown({ blocks, citations: [] })));
    },
    showTyping: (to, reference) => {
      const shown = background.write(reference, [{ type: 'typing' }]).finally(() => {
        if (typing.get(to) === shown) typing.delete(to);
      });
      typing.set(to, shown);
    },
    settled: background.settled,
  };
}

interface Background {
  /** Never rejects: a failure is only logged. */
  write(reference: StoredReference, activities: readonly OutboundActivity[]): Promise<void>;
  settled(): Promise<void>;
}

/** Writes that nobody waits for. */
function createBackground(adapter: TeamsAdapter, log: Logger): Background {
  const underWay = new Set<Promise<void>>();
  return {
    write: (reference, activities) => {
      const writing = adapter
        .deliver(reference, activities)
        .then(() => undefined)
        .catch((error: unknown) => log.warn(errorFacts(error), 'teams background message not delivered'))
        .finally(() => underWay.delete(writing));
      underWay.add(writing);
      return writing;
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}

function messages(markdown: string): readonly OutboundActivity[] {
  return splitText(markdown, MAX_TEXT_LENGTH).map((text) => ({
    type: 'message',
    textFormat: 'markdown',
    text,
  }));
}
