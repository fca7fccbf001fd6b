import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { Unheld } from './supervision.ts';
import type { NumberLease, NumberLeases } from './whatsapp-web-parts.ts';

/** The right to run the number: one process at a time has it. */
export interface NumberHold {
  start(): void;
  /** Frees it for others. Safe to call twice. */
  release(): Promise<void>;
}

/** What the hold is made from. */
export interface NumberHoldParts {
  readonly leases: NumberLeases;
  /** This process, unlike any other. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly log: Logger;
  /** `held`: the number is this process's; otherwise why not. Called on every change, and only then. */
  readonly onChange: (now: 'held' | Unheld) => void;
}

const NAME = 'whatsapp-number';
/** A store that hangs does not hold up the stop: the lease ends by itself. */
const RELEASE_MS = 2_000;

/** Renews three times in a lease's length, and gives up the number before anybody else can have it. */
export function createNumberHold(parts: NumberHoldParts): NumberHold {
  const { leases, owner, leaseMs, log, onChange } = parts;
  let lease: NumberLease | undefined;
  let state: 'held' | Unheld = 'asking';
  let isOver = false;
  let asking: Promise<void> = Promise.resolve();
  let renewal: NodeJS.Timeout | undefined;
  let expiry: NodeJS.Timeout | undefined;

  const change = (next: 'held' | Unheld): void => {
    if (next === state || isOver) return;
    state = next;
    log.info({ number: next }, 'hold on the WhatsApp number');
    onChange(next);
  };
  const lose = (because: Unheld): void => {
    clearTimeout(expiry);
    lease = undefined;
    change(because);
  };
  const ask = async (): Promise<void> => {
    const askedAt = performance.now();
    try {
      const got = await leases.hold(NAME, owner, leaseMs);
      if (got === undefined) return lose('taken');
      lease = got;
      // It counts from when it was asked for; the last sixth is for ending the child.
      const leftMs = (leaseMs * 5) / 6 - (performance.now() - askedAt);
      if (leftMs <= 0) return lose('store-away');
      clearTimeout(expiry);
      expiry = setTimeout(() => lose('store-away'), leftMs);
      change('held');
    } catch (error) {
      log.warn({ error: errorCode(error) }, 'the hold on the WhatsApp number was not renewed');
      if (lease === undefined) change('store-away');
    }
  };
  const renew = (): void => {
    asking = ask().finally(() => {
      if (!isOver) renewal = setTimeout(renew, leaseMs / 3);
    });
  };

  return {
    start: renew,
    release: async () => {
      isOver = true;
      clearTimeout(renewal);
      clearTimeout(expiry);
      await Promise.race([asking, sleep(RELEASE_MS, undefined, { ref: false })]);
      clearTimeout(expiry);
      const held = lease;
      lease = undefined;
      if (held === undefined) return;
      await leases
        .release(held)
        .catch((error: unknown) =>
          log.warn({ error: errorCode(error) }, 'the WhatsApp number was not released'),
        );
    },
  };
}
