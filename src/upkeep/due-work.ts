import { errorCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Lease } from '../storage/leases.ts';
import type { ClaimedDue } from '../storage/schedule.ts';
import type { Store } from '../storage/store.ts';

/**
 * Does what an entry of the schedule asks for. It may run twice for one entry, when the first run was cut off; an entry
 * that is to come again is put into the schedule with its next time before the handler resolves.
 */
export type HandleDue = (due: ClaimedDue, signal: AbortSignal) => Promise<void>;

/** What due work is done with. */
export interface DueWorkParts {
  readonly store: Store;
  readonly log: Logger;
  /** By kind of entry. */
  readonly handlers: Readonly<Record<string, HandleDue>>;
  /** Names this process among the gateways of one database. */
  readonly owner: string;
  readonly leaseMs?: number;
}

const PART = 'upkeep';

/**
 * Does everything that is due by the store's clock, one entry after the other, unless another gateway is at it.
 * @returns how many entries were done
 */
export async function runDue(parts: DueWorkParts, signal: AbortSignal): Promise<number> {
  const { store, owner, leaseMs = 60_000 } = parts;
  const lease = await store.leases.hold(PART, owner, leaseMs);
  if (lease === undefined) return 0;
  try {
    return await runAll(parts, signal, leaseMs);
  } finally {
    await giveBack(parts, lease);
  }
}

async function runAll(parts: DueWorkParts, signal: AbortSignal, leaseMs: number): Promise<number> {
  const { store, handlers } = parts;
  const kinds = Object.keys(handlers);
  for (let done = 0; ; ) {
    if (signal.aborted) return done;
    const [due] = await store.schedule.claim({ limit: 1, leaseMs, kinds });
    if (due === undefined) return done;
    if (await runOne(parts, due, signal, leaseMs)) done += 1;
  }
}

async function runOne(
  parts: DueWorkParts,
  due: ClaimedDue,
  signal: AbortSignal,
  leaseMs: number,
): Promise<boolean> {
  const { store, log, handlers, owner } = parts;
  const about = { kind: due.kind, ref: due.ref };
  const renewal = setInterval(() => {
    Promise.all([store.leases.hold(PART, owner, leaseMs), store.schedule.renew(due, leaseMs)]).catch(
      (error: unknown) => log.warn({ ...about, error: errorCode(error) }, 'lease of due work not renewed'),
    );
  }, leaseMs / 3);
  try {
    await handlers[due.kind]?.(due, signal);
    await store.schedule.finish(due);
    return true;
  } catch (error) {
    // Nothing is taken back: the entry is due again when its lease ends.
    log.error({ ...about, error: errorCode(error) }, 'due work failed');
    return false;
  } finally {
    clearInterval(renewal);
  }
}

async function giveBack({ store, log }: DueWorkParts, lease: Lease): Promise<void> {
  await store.leases
    .release(lease)
    .catch((error: unknown) => log.warn({ error: errorCode(error) }, 'lease of due work not returned'));
}
