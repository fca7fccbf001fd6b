import type { ConversationId } from '../channel.ts';
import type { Asker } from './access.ts';
import type { InboundActivity } from './activity.ts';
import type { StoredReference } from './conversation-references.ts';

/** An activity of somebody who may write, and where it came from. */
export interface Inbound {
  readonly activity: InboundActivity;
  readonly asker: Asker;
  readonly conversation: ConversationId;
  /** Where to write to; already kept. */
  readonly reference: StoredReference;
}

/** What a request that waits for its answer is told. */
export interface InvokeAnswer {
  /** HTTP status. */
  readonly status: number;
  /** JSON; nothing when it is left out. */
  readonly body?: unknown;
}

/**
 * Answers an invoke: the press of a button, a search from the compose box, a file's consent.
 * @returns undefined when it is none that this one knows
 */
export type TakeInvoke = (inbound: Inbound) => Promise<InvokeAnswer | undefined>;

/**
 * Takes a message that is no question: the button of a card that sends its data as a message, a file.
 * @returns false when it is none that this one knows; only then does it become a turn
 */
export type TakeAside = (inbound: Inbound) => Promise<boolean>;
