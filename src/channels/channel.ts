import type { Block } from '../answering/answer.ts';
import type { ShownCitation } from '../answering/citation.ts';
import type { Audience, Language } from '../knowledge/unit.ts';

/** The channels by which people reach Orienta. */
export type ChannelName = 'whatsapp' | 'teams' | 'web';

/** Opaque address of one conversation, `<channel>:…`; only the channel that made it takes it apart. */
export type ConversationId = string & { readonly __brand: 'ConversationId' };

/**
 * What a message is. `text` holds for each of them: `text` what was written; `voice` what was understood of it, empty
 * when it cannot be read; `picture` and `document` the words written under it; `location` the id of the place that
 * `Places` knows (never coordinates), empty when it lies elsewhere; `reaction` the emoji; the others nothing.
 * `call` is a call that rang, `unreadable` a message that the platform could not decipher.
 */
export type MessageForm =
  | 'text'
  | 'voice'
  | 'picture'
  | 'document'
  | 'sticker'
  | 'contact'
  | 'location'
  | 'call'
  | 'reaction'
  | 'unreadable';

/** An outside name of who wrote. WhatsApp may give a phone, a privacy id (LID), a business-scoped id, or several. */
export interface SenderName {
  readonly kind: 'whatsapp-phone' | 'whatsapp-lid' | 'whatsapp-bsuid';
  readonly value: string;
}

/** One message that came in, in plain text, with the platform's markup taken out. */
export interface InboundMessage {
  readonly channel: ChannelName;
  /** The platform's own id of the message; the same id twice is the same message. */
  readonly id: string;
  readonly conversation: ConversationId;
  /** The platform's id of who wrote, where the conversation's address is not it. */
  readonly from?: string;
  /** All outside names of who wrote, where the platform gives several: they are one person. */
  readonly names?: readonly [SenderName, ...SenderName[]];
  readonly audience: Audience;
  /** Plain text unless said. */
  readonly form?: MessageForm;
  readonly text: string;
  /** The words of the message that this one answers, where the person quoted one. */
  readonly quoted?: string;
  /** When it was written, by the platform's clock: a message may have waited while Orienta was down. */
  readonly receivedAt: Date;
  /** The day the question is about, `YYYY-MM-DD`, when the caller said one; today otherwise. */
  readonly asOf?: string;
}

/** What a turn comes to. */
export type ReplyKind = 'answer' | 'clarify' | 'declined' | 'emergency' | 'handoff' | 'command' | 'smalltalk';

/** What goes back, before a channel gives it its own markup. */
export interface Reply {
  /** Id of the message it answers: a channel that holds a request open for it never mixes two answers up. */
  readonly inReplyTo?: string;
  /** Id of the turn that it answers: what is pressed under it is about that turn. Absent where nothing can be. */
  readonly turn?: string;
  /** Id of the turn whose question whoever reads it is asked to answer. */
  readonly asks?: string;
  readonly kind: ReplyKind;
  readonly language: Language;
  readonly blocks: readonly Block[];
  readonly citations: readonly ShownCitation[];
  /**
   * Which part of an answer told in several turns it is; absent when it is said whole. After the `first` and each `middle`
   * one the person may ask for more.
   */
  readonly place?: 'first' | 'middle' | 'last';
  /** The person asked to hear it. A channel that cannot, or fails to, sends the words. */
  readonly spoken?: Spoken;
}

/** How a reply is to be heard. */
export interface Spoken {
  /** Id of a vetted recording that says it; absent, it is spoken by a speech service where there is one. */
  readonly recording?: string;
}

/** What a channel is told about one delivery. */
export interface SendOptions {
  readonly signal?: AbortSignal;
  /**
   * When the reply was worked out. Where the platform shows what it has sent, a copy that went out since then, of a
   * delivery that was cut off, counts as sent.
   */
  readonly since?: Date;
}

/** A message that is kept and will be answered. */
export interface Accepted {
  /** Orienta's own id of the message; a repeat has the id of the first. */
  readonly id: string;
  /** No reply will come of it, as of a repeat whose first copy is answered. */
  readonly silent?: boolean;
}

/**
 * Takes a message in. Once it resolves the message is kept and may be acknowledged; the reply comes through
 * {@link Channel.send}.
 */
export type Receive = (message: InboundMessage) => Promise<Accepted>;

/** What a channel can tell an operator about itself; a reason is a Spanish sentence that says what to do. */
export type ChannelStatus =
  | { readonly state: 'off'; readonly reason: string }
  | { readonly state: 'starting'; readonly reason?: string }
  /** A reason says what does not work although messages come and go. */
  | { readonly state: 'ready'; readonly reason?: string }
  | { readonly state: 'down'; readonly reason: string };

/** A way by which people write and read. */
export interface Channel {
  readonly name: ChannelName;
  /** Longest text of one outbound message, in UTF-16 code units; `Infinity` where there is no limit. */
  readonly maxTextLength: number;
  /** Whether the platform allows a message to somebody who has not just written; then it is a {@link ProactiveChannel}. */
  readonly mayWriteFirst: boolean;
  /** Quiet time after which what a person wrote in several messages counts as one turn; absent, each is a turn. */
  readonly gatherMs?: number;
  /** Starts taking messages. Called once. */
  start(receive: Receive): Promise<void>;
  /**
   * Delivers a reply to a conversation.
   * @returns the platform's ids of the messages written, in order
   * @throws {AppError} `UNREACHABLE_PERSON` when the platform says that nobody is there; other failures are `retryable`
   */
  send(to: ConversationId, reply: Reply, options?: SendOptions): Promise<readonly string[]>;
  /**
   * Deletes what was said in a conversation where the platform keeps it on Orienta's side, copies included. Absent where
   * the platform keeps nothing that could be deleted.
   * @throws {AppError} `retryable` when it could not be done now
   */
  clear?(conversation: ConversationId): Promise<void>;
  status(): ChannelStatus;
  /** Stops taking messages and frees what it holds. Safe to call twice. */
  stop(): Promise<void>;
}

/** A channel that may write without having been asked just now: reminders to a person, questions to a team on duty. */
export interface ProactiveChannel extends Channel {
  readonly mayWriteFirst: true;
  /**
   * Writes to one person, where nobody else reads along. They have written before, or have added Orienta.
   * @returns the platform's ids of the messages written, in order
   * @throws {AppError} `NUDGE_REFUSED` where several people read, `UNREACHABLE_PERSON` when nobody is there or they
   * blocked Orienta: then nothing goes out until they write again. Other failures are `retryable`
   */
  writeFirst(to: ConversationId, reply: Reply, options?: SendOptions): Promise<readonly string[]>;
  /**
   * The conversation that the configuration names by the platform's own id, such as a room on duty. {@link Channel.send}
   * reaches it even before anybody wrote there; while nobody has written to Orienta at all it fails with a `retryable`
   * error.
   */
  roomOf(platformId: string): ConversationId;
}

/** Whether a channel may write first. */
export function canWriteFirst(channel: Channel): channel is ProactiveChannel {
  return channel.mayWriteFirst;
}
