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
  /** Adds an entry unless there is one with that key. @returns false when there was one; it is left as it is */
  plan(due: Due): Promise<boolean>;
  /** @returns false when there was none */
  cancel(key: string): Promise<boolean>;
  /**
   * Hands out what is due, earliest first; unfinished entries come back when the lease ends.
   * @param options.kinds only entries of these kinds; an older program leaves what it does not know to a newer one
   */
  claim(options: {
    readonly limit: number;
    readonly leaseMs: number;
    readonly kinds?: readonly string[];
  }): Promise<readonly ClaimedDue[]>;
  /** @returns false when the lease is lost or the entry was moved */
  renew(due: ClaimedDue, leaseMs: number): Promise<boolean>;
  /** Done: the entry goes, unless it was moved meanwhile. */
  finish(due: ClaimedDue): Promise<void>;
}
