/** How often the child had to be started again. */
export class FailureCount {
  readonly #now: () => Date;
  #restarts = 0;
  #since: Date | undefined;
  #last: string | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Restarts after a failure since the start. */
  get restarts(): number {
    return this.#restarts;
  }

  /** The first failure of this row; undefined while all is well. */
  get since(): Date | undefined {
    return this.#since;
  }

  /** What the last failure of this row was, in the library's words; undefined when it said nothing known. */
  get last(): string | undefined {
    return this.#last;
  }

  complain(what: string): void {
    this.#last = what;
  }

  /** @param before failures in this row @param after the same, now */
  note(before: number, after: number): void {
    if (after > before) {
      this.#restarts += 1;
      this.#since ??= this.#now();
    }
    if (after > 0) return;
    this.#since = undefined;
    this.#last = undefined;
  }
}
