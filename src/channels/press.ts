import type { ConversationId, Reply } from './channel.ts';

/** What somebody thinks of an answer: it served, it did not, it is wrong. */
export type Verdict = 'yes' | 'no' | 'wrong';

/** What a button under a message asks for. Each is done once, however often and by however many it is pressed. */
export type Press =
  | { readonly kind: 'judge'; readonly turn: string; readonly verdict: Verdict }
  /** The citations of an answer as plain text. */
  | { readonly kind: 'cite'; readonly turn: string }
  /** The tables of an answer as an Excel file. */
  | { readonly kind: 'export'; readonly turn: string }
  /** An answer as text for a colleague's WhatsApp. */
  | { readonly kind: 'copy'; readonly turn: string }
  /** Puts the question of a turn to the legal unit. `asker` says in Spanish who asks, without naming them. */
  | { readonly kind: 'ask-legal'; readonly turn: string; readonly asker: string }
  /** The legal unit's answer to the question of a turn. */
  | { readonly kind: 'answer-legal'; readonly turn: string; readonly text: string };

/** Where a button was pressed. */
export interface PressedIn {
  readonly conversation: ConversationId;
  /** The room that the conversation is a thread of; the conversation itself where it is none. */
  readonly room: ConversationId;
}

/** What has become of a reply by what was pressed under it. */
export interface Standing {
  readonly verdict?: Verdict;
  readonly legal?: 'asked' | 'answered';
}

/**
 * What a press came to. `repeated`: it had been done before, and nothing was done now. `unknown`: what it is about is not
 * kept any more, or is no matter of this conversation.
 */
export type PressOutcome =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'done' | 'repeated';
      /** What the button stands under, to be shown anew; undefined when its words are not kept any more. */
      readonly reply: Reply | undefined;
      readonly standing: Standing;
    };

/** Does what a button asks for. @throws {AppError} retryable, when it cannot be done now */
export type OnPress = (press: Press, where: PressedIn) => Promise<PressOutcome>;
