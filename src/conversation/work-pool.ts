import { setImmediate } from 'node:timers/promises';
import { errorCode } from '../errors.ts';
import type { Logger } from '../log.ts';

/** Where leased work comes from and goes back to. */
export interface WorkSource<Item> {
  /** Says in the log which pool speaks. */
  readonly name: string;
  claim(limit: number): Promise<readonly Item[]>;
  /** Does the work and records how it ended. When it rejects, the lease runs out and the work is done again. */
  work(item: Item, signal: AbortSignal): Promise<void>;
  /** @returns false when the lease is lost */
  renew(item: Item): Promise<boolean>;
  release(item: Item): Promise<void>;
  /** Names an item in the log: by ids, never by words. */
  describe(item: Item): Readonly<Record<string, string | undefined>>;
}

/** How a pool works. */
export interface PoolOptions {
  /** Most items at once. */
  readonly concurrency: number;
  /** While it is true items are done one at a time: something more pressing needs the processor. */
  readonly givesWay?: (() => boolean) | undefined;
  /** Leases are renewed three times in this span. */
  readonly leaseMs: number;
  /** How often it looks for work that nobody announced: due retries, other processes' messages, ended leases. */
  readonly pollMs: number;
  readonly log: Logger;
}

/** A loop that takes leased work and does it. */
export interface WorkPool {
  start(): void;
  /** Says that there may be work. */
  wake(): void;
  /** Takes nothing more, lets running work finish within the deadline, gives back the rest. Safe to call twice. */
  stop(deadlineMs: number): Promise<void>;
  readonly running: number;
}

/** @returns a pool that does nothing until it is started */
export function createWorkPool<Item>(source: WorkSource<Item>, options: PoolOptions): WorkPool {
  return new LeasedPool(source, options);
}

class LeasedPool<Item> implements WorkPool {
  readonly #source: WorkSource<Item>;
  readonly #options: PoolOptions;
  readonly #running = new Map<Item, { readonly stop: AbortController; readonly done: Promise<void> }>();
  #state: 'idle' | 'started' | 'stopped' = 'idle';
  #claiming: Promise<void> | undefined;
  #woken = false;
  #poll: NodeJS.Timeout | undefined;
  #renewal: NodeJS.Timeout | undefined;

  constructor(source: WorkSource<Item>, options: PoolOptions) {
    this.#source = source;
    this.#options = options;
  }

  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'started';
    this.#poll = setInterval(() => this.wake(), this.#options.pollMs);
    this.#renewal = setInterval(() => this.#renewAll(), this.#options.leaseMs / 3);
    this.wake();
  }

  wake(): void {
    this.#woken = true;
    if (this.#state !== 'started' || this.#claiming !== undefined) return;
    // What ends or arrives in this turn of the event loop is claimed for together.
    this.#claiming = setImmediate()
      .then(() => this.#claimAll())
      .catch((error: unknown) => this.#warn({ pool: this.#source.name }, error, 'no work could be claimed'))
      .finally(() => {
        this.#claiming = undefined;
      });
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#state = 'stopped';
    clearInterval(this.#poll);
    await this.#claiming;
    await within(
      deadlineMs,
      [...this.#running.values()].map(({ done }) => done),
    );
    clearInterval(this.#renewal);
    for (const [item, { stop }] of this.#running) {
      stop.abort();
      await this.#source
        .release(item)
        .catch((error: unknown) => this.#warn(this.#about(item), error, 'lease not returned'));
    }
  }

  get running(): number {
    return this.#running.size;
  }

  async #claimAll(): Promise<void> {
    for (;;) {
      this.#woken = false;
      const { concurrency, givesWay } = this.#options;
      const free = (givesWay?.() === true ? 1 : concurrency) - this.#running.size;
      if (this.#state !== 'started' || free <= 0) return;
      const items = await this.#source.claim(free);
      for (const item of items) this.#run(item);
      if (items.length < free && !this.#woken) return;
    }
  }

  #run(item: Item): void {
    const stop = new AbortController();
    const done = this.#source
      .work(item, stop.signal)
      .catch((error: unknown) => this.#warn(this.#about(item), error, 'work left to its lease'))
      .then(() => {
        this.#running.delete(item);
        this.wake();
      });
    this.#running.set(item, { stop, done });
  }

  #renewAll(): void {
    for (const [item, { stop }] of this.#running) {
      this.#source.renew(item).then(
        (held) => (held ? undefined : stop.abort()),
        (error: unknown) => this.#warn(this.#about(item), error, 'lease not renewed'),
      );
    }
  }

  #about(item: Item): Readonly<Record<string, string | undefined>> {
    return { pool: this.#source.name, ...this.#source.describe(item) };
  }

  #warn(about: Readonly<Record<string, string | undefined>>, error: unknown, what: string): void {
    this.#options.log.warn({ ...about, error: errorCode(error) }, what);
  }
}

async function within(deadlineMs: number, work: readonly Promise<void>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([Promise.all(work), deadline]);
  clearTimeout(timer);
}
