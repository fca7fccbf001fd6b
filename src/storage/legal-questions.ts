import type { ConversationId } from '../channels/channel.ts';
import type { PressedTurn } from './feedback.ts';

/** What is kept of a turn that is to be put to the legal unit. */
export interface TurnMatter {
  /** What the person wrote, personal data masked; empty when it is not kept any more. */
  readonly said: string;
  /** What the turn left to remember. */
  readonly context: string | undefined;
}

/** A question that was put to the legal unit. */
export interface LegalQuestion {
  /** The encoded reply as it was put; undefined when its words are not kept any more. */
  readonly asked: string | undefined;
  readonly isAnswered: boolean;
}

/**
 * Questions of turns that were put to the legal unit, in a conversation of its own. Each is put once and answered once,
 * whatever is repeated or cut off in between, and goes when its turn does.
 */
export interface LegalQuestions {
  /** @returns undefined when the conversation has no such turn, or not any more */
  matterOf(pressed: PressedTurn): Promise<TurnMatter | undefined>;
  /**
   * Puts a question in the outbox for `room`, in one step with the note that it was put.
   * @param payload the encoded reply for the room
   * @returns `unknown` when the conversation has no such turn, or not any more
   */
  put(pressed: PressedTurn, room: ConversationId, payload: string): Promise<'put' | 'repeated' | 'unknown'>;
  /** The question of a turn, as far as it was put in that room. */
  find(turn: string, room: ConversationId): Promise<LegalQuestion | undefined>;
  /**
   * Puts the answer in the outbox for whoever asked, in one step with the note that it was answered.
   * @param payload the encoded reply for the person
   */
  answer(turn: string, room: ConversationId, payload: string): Promise<'answered' | 'repeated' | 'unknown'>;
  /** How far the question of a turn has come; undefined when it was not put. */
  stateOf(turn: string): Promise<'asked' | 'answered' | undefined>;
}
