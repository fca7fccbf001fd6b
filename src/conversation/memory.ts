import type { ConversationId } from '../channels/channel.ts';
import type { Language } from '../knowledge/unit.ts';

/** What is remembered of one turn, to understand the next. */
export interface RememberedTurn {
  /** What was searched for, as the person's words in full. */
  readonly topic: string;
  readonly language: Language;
  readonly at: Date;
}

/** The context of talks. It is short-lived: phones are shared. */
export interface ConversationMemory {
  /** The turn before, or undefined when there was none within the last two hours. */
  last(conversation: ConversationId, now: Date): RememberedTurn | undefined;
  remember(conversation: ConversationId, turn: RememberedTurn): void;
}

const CONTEXT_ENDS_AFTER_MS = 2 * 60 * 60 * 1000;
const MOST_CONVERSATIONS = 10_000;

/** Keeps the context in the process; the oldest conversation goes when there are too many. */
export function createProcessMemory(): ConversationMemory {
  const turns = new Map<ConversationId, RememberedTurn>();
  return {
    last(conversation, now) {
      const turn = turns.get(conversation);
      return turn !== undefined && now.getTime() - turn.at.getTime() <= CONTEXT_ENDS_AFTER_MS
        ? turn
        : undefined;
    },
    remember(conversation, turn) {
      turns.delete(conversation);
      turns.set(conversation, turn);
      if (turns.size > MOST_CONVERSATIONS) {
        const oldest = turns.keys().next().value;
        if (oldest !== undefined) turns.delete(oldest);
      }
    },
  };
}
