/** How much there is, or was, of a person. */
export interface ErasedCounts {
  readonly messages: number;
  readonly turns: number;
  readonly replies: number;
  readonly conversations: number;
  readonly aliases: number;
}

/** One entry of the list that is applied again when a backup is restored. It tells nothing about the person. */
export interface ErasureEntry {
  readonly id: string;
  readonly kind: 'person' | 'message';
  /** The internal id that was erased. */
  readonly ref: string;
  readonly erasedAt: Date;
}

/** Forgetting people. */
export interface Erasure {
  /** What there is of a person, so that they can be told. */
  count(person: string): Promise<ErasedCounts>;
  /** Erases everything of a person and notes it in the list. */
  erase(person: string): Promise<ErasedCounts>;
  /** The list, oldest first. */
  list(): Promise<readonly ErasureEntry[]>;
  /** Erases again what the list names, after a restore. @returns how many entries were new to this database */
  apply(entries: readonly ErasureEntry[]): Promise<number>;
}
