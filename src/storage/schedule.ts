/** Something to be done at a time. */
export interface Due {
  /** One entry per key. */
  readonly key: string;
  readonly kind: string;
  /** Id of what it is about; never text. */
  readonly ref: string;
  readonly dueAt: Date;
}

/** A due entry held by one worker. */
export interface ClaimedDue extends Due {
  readonly lease: string;
}

/** Due times. Whatever wakes the tick, the clock decides here what is due. */
export interface Schedule {
  /** Adds an entry, or moves the one with that key. */
  put(due: Due): Promise<void>;
  /** @returns false when there was none */
  cancel(key: string): Promise<boolean>;
  /** Hands out what is due, earliest first; unfinished entries come back when the lease ends. */
  claim(options: { readonly limit: number; readonly leaseMs: number }): Promise<readonly ClaimedDue[]>;
  /** Done: the entry goes, unless it was moved meanwhile. */
  finish(due: ClaimedDue): Promise<void>;
}
