import type { ChannelName } from '../channels/channel.ts';

/** Something that was given up. It holds no text and no address. */
export interface DeadLetter {
  readonly id: string;
  /** What the person was told, and an operator types: the first eight digits of the id. */
  readonly caseNumber: string;
  /** `message`: its turn failed; `delivery`: its reply could not be delivered. */
  readonly kind: 'message' | 'delivery';
  readonly channel: ChannelName;
  readonly failures: number;
  readonly reason: string;
  readonly since: Date;
  /** False when its text has been cleared, so there is nothing left to try again. */
  readonly canResend: boolean;
}

/** What was given up, until retention clears it. */
export interface DeadLetters {
  /** Newest first. */
  list(limit?: number): Promise<readonly DeadLetter[]>;
  /**
   * Tries it again from the start.
   * @param idOrCase the id, or the case number
   * @throws {AppError} `NOT_FOUND` when there is no such dead letter, or nothing left of it to send
   */
  resend(idOrCase: string): Promise<DeadLetter>;
  count(): Promise<number>;
}

/** The number by which a person can ask about a message. */
export function caseNumber(id: string): string {
  return id.slice(0, 8).toUpperCase();
}
