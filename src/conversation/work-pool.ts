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
  const { concurrency, leaseMs, pollMs, log } = options;
  const running = new Map<Item, { readonly stop: AbortController; readonly done: Promise<void> }>();
  let state: 'idle' | 'started' | 'stopped' = 'idle';
  let claiming: Promise<void> | undefined;
  let woken = false;
  let poll: NodeJS.Timeout | undefined;
  let renewal: NodeJS.Timeout | undefined;

  const about = (item: Item) => ({ pool: source.name, ...source.describe(item) });
  const run = (item: Item): void => {
    const stop = new AbortController();
    const done = source
      .work(item, stop.signal)
      .catch((error: unknown) =>
        log.warn({ ...about(item), error: errorCode(error) }, 'work left to its lease'),
      )
      .then(() => {
        running.delete(item);
        wake();
      });
    running.set(item, { stop, done });
  };
  const claimAll = async (): Promise<void> => {
    for (;;) {
      woken = false;
      const free = concurrency - running.size;
      if (state !== 'started' || free === 0) return;
      const items = await source.claim(free);
      for (const item of items) run(item);
      if (items.length < free && !woken) return;
    }
  };
  const wake = (): void => {
    woken = true;
    if (state !== 'started' || claiming !== undefined) return;
    // What ends or arrives in this turn of the event loop is claimed for together.
    claiming = setImmediate()
      .then(claimAll)
      .catch((error: unknown) =>
        log.warn({ pool: source.name, error: errorCode(error) }, 'no work could be claimed'),
      )
      .finally(() => {
        claiming = undefined;
      });
  };
  const renewAll = (): void => {
    for (const [item, { stop }] of running) {
      source.renew(item).then(
        (held) => (held ? undefined : stop.abort()),
        (error: unknown) => log.warn({ ...about(item), error: errorCode(error) }, 'lease not renewed'),
      );
    }
  };

  return {
    start() {
      if (state !== 'idle') return;
      state = 'started';
      poll = setInterval(wake, pollMs);
      renewal = setInterval(renewAll, leaseMs / 3);
      wake();
    },
    wake,
    async stop(deadlineMs) {
      state = 'stopped';
      clearInterval(poll);
      await claiming;
      await within(
        deadlineMs,
        [...running.values()].map(({ done }) => done),
      );
      clearInterval(renewal);
      for (const [item, { stop }] of running) {
        stop.abort();
        await source
          .release(item)
          .catch((error: unknown) =>
            log.warn({ ...about(item), error: errorCode(error) }, 'lease not returned'),
          );
      }
    },
    get running() {
      return running.size;
    },
  };
}

async function within(deadlineMs: number, work: readonly Promise<void>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([Promise.all(work), deadline]);
  clearTimeout(timer);
}
