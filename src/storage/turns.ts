import type { ConversationId } from '../channels/channel.ts';

/** A closed turn. */
export interface ClosedTurn {
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  /** What it left to remember; undefined when it left nothing, or retention cleared it. */
  readonly context: string | undefined;
}

/** Phones are shared: after this long a talk starts anew. */
export const CONTEXT_ENDS_AFTER_MS = 2 * 60 * 60 * 1000;

/** Closed turns. */
export interface Turns {
  /** Those of the talk that is going on, oldest first: nothing from before {@link CONTEXT_ENDS_AFTER_MS}. */
  recent(conversation: ConversationId, limit: number): Promise<readonly ClosedTurn[]>;
  /** By its id or the first eight digits of it. */
  find(idOrCase: string): Promise<ClosedTurn | undefined>;
}
