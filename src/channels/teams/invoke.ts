import type { Asker } from './access.ts';
import type { InboundActivity } from './activity.ts';
import type { StoredReference } from './conversation-references.ts';

/** What a card's button, a search or another request that waits for its answer is told. */
export interface InvokeAnswer {
  /** HTTP status. */
  readonly status: number;
  /** JSON; nothing when it is left out. */
  readonly body?: unknown;
}

/**
 * Answers an invoke: the press of a button, a search from the compose box, a file's consent. Also called for the
 * button whose data come as a message; its answer is then not shown to anybody.
 * @returns undefined when it is none that Orienta knows
 */
export type TakeInvoke = (invoke: {
  readonly activity: InboundActivity;
  readonly asker: Asker;
  /** Where to write to, already kept. */
  readonly reference: StoredReference;
}) => Promise<InvokeAnswer | undefined>;
