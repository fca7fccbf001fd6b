import type { ChannelName, ConversationId } from '../channels/channel.ts';

/**
 * What a row of the outbox is. `notice` follows a reply; `clear` carries nothing: the conversation is to be deleted
 * where the platform keeps it.
 */
export type OutboxKind = 'reply' | 'apology' | 'nudge' | 'notice' | 'clear';

/** A message that nobody asked for just now, such as a nudge. */
export interface NewDelivery {
  readonly conversation: ConversationId;
  readonly kind: OutboxKind;
  /** The encoded reply. */
  readonly payload: string;
  /**
   * Names the occasion (duty, step, recipient): a second delivery of the same occasion is not stored. It is kept as
   * an HMAC only, so it may hold an address.
   */
  readonly onceKey: string;
}

/** A delivery held by one worker until its lease ends. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly lease: string;
  readonly channel: ChannelName;
  readonly conversation: ConversationId;
  readonly kind: OutboxKind;
  /** The encoded reply; empty for `clear`. */
  readonly payload: string;
  /** The inbox message it answers. */
  readonly message: string | undefined;
  readonly createdAt: Date;
  readonly failures: number;
}

/** What became of a reply. */
export interface ReplyState {
  readonly state: 'open' | 'done' | 'dead';
  readonly payload: string | undefined;
}

/** Messages on their way out; those of one conversation leave in order, but for urgent ones, which go first. */
export interface Outbox {
  /**
   * @returns false when the occasion was already served, the conversation is not known, or it is a nudge to a person
   * who wants none
   * @throws {AppError} `NUDGE_REFUSED` for a nudge on WhatsApp: nothing is sent first from the migrants' number
   */
  put(delivery: NewDelivery): Promise<boolean>;
  /** Hands out the next deliveries on these channels: of each conversation the oldest, if due and held by nobody. */
  claim(options: {
    readonly channels: readonly ChannelName[];
    readonly limit: number;
    readonly leaseMs: number;
  }): Promise<readonly ClaimedDelivery[]>;
  /** @returns false when the lease is lost */
  renew(delivery: ClaimedDelivery, leaseMs: number): Promise<boolean>;
  /** Records that the platform took it. @returns false when the lease was lost and another worker has it */
  delivered(delivery: ClaimedDelivery, platformIds: readonly string[]): Promise<boolean>;
  /** Gives it back after a failure. @param error a stable code, never a platform's words */
  retry(delivery: ClaimedDelivery, at: Date, error: string): Promise<void>;
  /** Gives it back untouched. */
  release(delivery: ClaimedDelivery): Promise<void>;
  /** Moves it to the dead letters. */
  giveUp(delivery: ClaimedDelivery, error: string): Promise<void>;
  /** The reply to a message, or undefined while there is none. */
  replyTo(message: string): Promise<ReplyState | undefined>;
  openCount(): Promise<number>;
}
