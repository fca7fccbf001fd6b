import type { Block } from '../answering/answer.ts';
import type { ShownCitation } from '../answering/citation.ts';
import type { Audience, Language } from '../knowledge/unit.ts';

/** The channels by which people reach Orienta. */
export type ChannelName = 'whatsapp' | 'teams' | 'web';

/** Opaque address of one conversation, `<channel>:…`; only the channel that made it takes it apart. */
export type ConversationId = string & { readonly __brand: 'ConversationId' };

/** One message that came in, in plain text, with the platform's markup taken out. */
export interface InboundMessage {
  readonly channel: ChannelName;
  /** The platform's own id of the message; the same id twice is the same message. */
  readonly id: string;
  readonly conversation: ConversationId;
  /** The platform's id of who wrote, where the conversation's address is not it. */
  readonly from?: string;
  readonly audience: Audience;
  readonly text: string;
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
  readonly kind: ReplyKind;
  readonly language: Language;
  readonly blocks: readonly Block[];
  readonly citations: readonly ShownCitation[];
}

/** A message that is kept and will be answered. */
export interface Accepted {
  /** Orienta's own id of the message; a repeat has the id of the first. */
  readonly id: string;
}

/**
 * Takes a message in. Once it resolves the message is kept and may be acknowledged; the reply comes through
 * {@link Channel.send}.
 */
export type Receive = (message: InboundMessage) => Promise<Accepted>;

/** What a channel can tell an operator about itself. */
export type ChannelStatus =
  | { readonly state: 'off'; readonly reason: string }
  | { readonly state: 'starting' }
  | { readonly state: 'ready' }
  | { readonly state: 'down'; readonly reason: string };

/** A way by which people write and read. */
export interface Channel {
  readonly name: ChannelName;
  /** Longest text of one outbound message, in UTF-16 code units; `Infinity` where there is no limit. */
  readonly maxTextLength: number;
  /** Whether the platform allows a message to somebody who has not just written. */
  readonly mayWriteFirst: boolean;
  /** Starts taking messages. Called once. */
  start(receive: Receive): Promise<void>;
  /**
   * Delivers a reply to a conversation.
   * @returns the platform's ids of the messages written, in order
   * @throws {AppError} `UNREACHABLE_PERSON` when the platform says that nobody is there; other failures are `retryable`
   */
  send(to: ConversationId, reply: Reply, signal?: AbortSignal): Promise<readonly string[]>;
  status(): ChannelStatus;
  /** Stops taking messages and frees what it holds. Safe to call twice. */
  stop(): Promise<void>;
}
