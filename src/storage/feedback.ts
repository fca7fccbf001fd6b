import type { ConversationId } from '../channels/channel.ts';
import type { Verdict } from '../channels/press.ts';

/** A turn as what is pressed under its reply names it, and the conversation in which that was. */
export interface PressedTurn {
  readonly turn: string;
  readonly conversation: ConversationId;
}

/** What people thought of answers. It says nothing of who they are, and goes when its turn does. */
export interface Feedback {
  /** Keeps the first verdict on a turn. @returns `unknown` when the conversation has no such turn, or not any more */
  give(pressed: PressedTurn, verdict: Verdict): Promise<'given' | 'repeated' | 'unknown'>;
  /** What was thought of a turn; undefined when nobody said. */
  of(turn: string): Promise<Verdict | undefined>;
  /** Whether the conversation has that turn. */
  knows(pressed: PressedTurn): Promise<boolean>;
  /** How many turns got each verdict. */
  counts(): Promise<Readonly<Record<Verdict, number>>>;
}
