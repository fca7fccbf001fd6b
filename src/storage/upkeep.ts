/** What a sweep cleared. */
export interface Swept {
  /** Texts cleared before their rows: those about refuge or danger, and those given up. */
  readonly texts: number;
  /** Messages, replies and turns past their time. */
  readonly rows: number;
  /** Conversations of which nothing is left. */
  readonly conversations: number;
}

/** Housekeeping. */
export interface Upkeep {
  /** Clears what has been kept long enough. @param retentionDays how long masked text is kept */
  sweep(retentionDays: number): Promise<Swept>;
  /** Seals again with the current key what is sealed with another, at most `batch` values. @returns how many it did */
  rotateKeys(batch: number): Promise<number>;
  /** Gives back every turn and delivery that is held. Only for a store that nobody else has open. */
  releaseAll(): Promise<void>;
  /** Frees the room of deleted rows where no server does it by itself. */
  compact(): Promise<void>;
}
