import type { ChannelName, ReplyKind } from '../channels/channel.ts';

/** A part of a turn's work that is timed by itself. */
export type Stage = 'retrieve' | 'answer';

/** A turn that is over. */
export interface ClosedTurnMeasure {
  readonly channel: ChannelName;
  /** `silent` when nothing goes back. */
  readonly kind: ReplyKind | 'silent';
  /** Working it out, this run of it alone. */
  readonly handleMs: number;
  /** From the message's arrival until its reply was kept, waiting and failed runs included. */
  readonly sinceReceivedMs: number;
}

/** What became of one try to work out a turn that failed. */
export interface FailedTurnMeasure {
  readonly channel: ChannelName;
  readonly outcome: 'retried' | 'dead';
}

/** What became of one try to deliver. */
export interface DeliveryMeasure {
  readonly channel: ChannelName;
  readonly outcome: 'delivered' | 'retried' | 'dead';
  /** Since the reply was kept. */
  readonly sinceClosedMs: number;
}

/** Who counts and times. What it is told holds no ids, words or addresses. */
export interface Measures {
  stageTook(stage: Stage, ms: number): void;
  turnClosed(turn: ClosedTurnMeasure): void;
  turnFailed(turn: FailedTurnMeasure): void;
  deliveryEnded(delivery: DeliveryMeasure): void;
}
