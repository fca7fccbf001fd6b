import type { ChannelName, ConversationId, MessageForm } from '../channels/channel.ts';
import type { Audience } from '../knowledge/unit.ts';
import type { Aliases } from './people.ts';

/** A message as it comes from a channel. */
export interface NewMessage {
  readonly channel: ChannelName;
  /** The platform's id: the same id on the same channel is the same message. */
  readonly platformId: string;
  readonly conversation: ConversationId;
  readonly sender: Aliases;
  readonly audience: Audience;
  /** Plain text unless said. */
  readonly form?: MessageForm | undefined;
  readonly text: string;
  /** The words of the message that this one answers. */
  readonly quoted?: string | undefined;
  /** When it was written, by the platform's clock. */
  readonly receivedAt: Date;
  /** `YYYY-MM-DD`, when the sender said which day the question is about. */
  readonly asOf?: string | undefined;
  /** Quiet time that ends a turn of several messages, in ms; the store's own unless said, 0 does not wait. */
  readonly gatherMs?: number | undefined;
  /** It may not wait: its turn is due at once, and so is whatever stands before it in its conversation. */
  readonly urgent?: boolean | undefined;
}

/** Fragments whose sender let more time pass between them, by the platform's clock, are turns of their own. */
export const FRAGMENTS_WITHIN_MS = 10 * 60 * 1000;
/** However many fragments follow, a turn is due so many quiet times after its first. */
export const MOST_QUIET_TIMES = 4;

/** What became of an edit: `closed` when the message is answered, or is being answered, as it was. */
export type Amended = 'amended' | 'closed' | 'unknown';

/** `id` is Orienta's own id of the message, also the id of the turn it opens. */
export interface Accepted {
  readonly kind: 'accepted' | 'duplicate';
  readonly id: string;
}

/** One message of a turn. */
export interface StoredMessage {
  readonly id: string;
  readonly platformId: string;
  readonly form: MessageForm;
  readonly text: string;
  /** The words of the message that this one answers; known until the turn closes. */
  readonly quoted: string | undefined;
  readonly receivedAt: Date;
  readonly asOf: string | undefined;
}

/** The next turn of a conversation, held by one worker until its lease ends. */
export interface ClaimedTurn {
  /** Id of its first message; also its correlation id. */
  readonly id: string;
  readonly lease: string;
  readonly channel: ChannelName;
  readonly conversation: ConversationId;
  readonly person: string;
  readonly audience: Audience;
  /** Oldest first; several only where fragments are gathered. */
  readonly messages: readonly [StoredMessage, ...StoredMessage[]];
  /** What the turn before left to remember; undefined when the talk's context is over. */
  readonly context: string | undefined;
  /** How often it was handed out, this time included: a turn that ends its process has no failures. */
  readonly claims: number;
  readonly failures: number;
}

/** What a finished turn leaves. */
export interface TurnOutcome {
  /** Kind of the reply, for the records. */
  readonly kind: string;
  /** The encoded reply; null when nothing goes back. */
  readonly reply: string | null;
  /** The messages with personal data masked, in the order of the turn's messages; null keeps no text. */
  readonly masked: readonly (string | null)[];
  /** What the next turn is to remember. */
  readonly context?: string | undefined;
  /** True for turns about refuge or danger: their words are kept 72 hours at most. */
  readonly sensitive: boolean;
  /** The reply overtakes whatever waits to be delivered: somebody is in danger. */
  readonly urgent?: boolean;
  /** What follows the reply, in this order, each once for its `onceKey`. */
  readonly after?: readonly AfterReply[];
  /** Whether the person wants to hear of what they did not ask for: `stop` no longer, `resume` again. */
  readonly stop?: 'stop' | 'resume';
  /**
   * Everything of the person is erased as the turn closes; only the reply is still delivered, and then the chat
   * cleared. `after` and `stop` mean nothing then.
   */
  readonly erasePerson?: boolean;
}

/** A message of its own that follows a reply, such as the notice of the first contact. */
export interface AfterReply {
  readonly kind: 'notice';
  /** The encoded reply. */
  readonly payload: string;
  /** Names the occasion; it is kept as an HMAC only, and for as long as the message's own row. */
  readonly onceKey: string;
}

/** Messages that came in, from being stored until their turn is closed. */
export interface Inbox {
  /** Stores a message unless it is there; once this resolves the message may be acknowledged. */
  accept(message: NewMessage): Promise<Accepted>;
  /**
   * Hands out the next turns: of each conversation the oldest unfinished message, if nobody holds it and it is due.
   * @param options.limit most turns
   */
  claim(options: { readonly limit: number; readonly leaseMs: number }): Promise<readonly ClaimedTurn[]>;
  /** @returns false when the lease is lost: another worker has the turn */
  renew(turn: ClaimedTurn, leaseMs: number): Promise<boolean>;
  /**
   * Closes a turn and puts its reply in the outbox, in one step.
   * @returns false when the lease is lost or the message was deleted; then nothing was written
   */
  close(turn: ClaimedTurn, outcome: TurnOutcome): Promise<boolean>;
  /** Gives a turn back after a failure, to be tried again from `retryAt`. */
  fail(turn: ClaimedTurn, retryAt: Date): Promise<void>;
  /** Gives a turn back untouched: the worker stops. */
  release(turn: ClaimedTurn): Promise<void>;
  /** Moves a turn to the dead letters and puts an apology in the outbox, in one step. */
  giveUp(turn: ClaimedTurn, apology: string): Promise<boolean>;
  /**
   * Puts an edited text in the place of what a message said, as long as nobody works on it.
   * @param quoted what it answers now; what was there stays when it is left out
   * @param urgent the new text may not wait
   */
  amendMessage(
    channel: ChannelName,
    platformId: string,
    text: string,
    quoted?: string,
    urgent?: boolean,
  ): Promise<Amended>;
  /** Forgets what a message said because its writer deleted it. @returns false when it is not known */
  deleteMessage(channel: ChannelName, platformId: string): Promise<boolean>;
  /** How many messages wait or are being worked on. */
  openCount(): Promise<number>;
}
