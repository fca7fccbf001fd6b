import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../../../errors.ts';
import type { Logger } from '../../../../log.ts';
import type { Unheld } from '../supervision.ts';
import type { NumberLease, NumberLeases } from '../whatsapp-web-parts.ts';

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

/**
 * The right to run the number: one process at a time has it. It is renewed three times in a lease's length, and given up
 * before anybody else can have it.
 */
export class NumberHold {
  readonly #parts: NumberHoldParts;
  #lease: NumberLease | undefined;
  #state: 'held' | Unheld = 'asking';
  #isOver = false;
  #asking: Promise<void> = Promise.resolve();
  #renewal: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(parts: NumberHoldParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#asking = this.#ask().finally(() => {
      if (!this.#isOver) this.#renewal = setTimeout(() => this.start(), this.#parts.leaseMs / 3);
    });
  }

  /** Frees it for others. Safe to call twice. */
  async release(): Promise<void> {
    const { leases, log } = this.#parts;
    this.#isOver = true;
    clearTimeout(this.#renewal);
    await Promise.race([this.#asking, sleep(RELEASE_MS, undefined, { ref: false })]);
    clearTimeout(this.#expiry);
    const lease = this.#lease;
    this.#lease = undefined;
    if (lease === undefined) return;
    const released = leases
      .release(lease)
      .catch((error: unknown) =>
        log.warn({ error: errorCode(error) }, 'the WhatsApp number was not released'),
      );
    await Promise.race([released, sleep(RELEASE_MS, undefined, { ref: false })]);
  }

  async #ask(): Promise<void> {
    const { leases, owner, leaseMs, log } = this.#parts;
    const askedAt = performance.now();
    try {
      const lease = await leases.hold(NAME, owner, leaseMs);
      if (lease === undefined) return this.#lose('taken');
      this.#lease = lease;
      // It counts from when it was asked for; the last sixth is for ending the child.
      this.#keepFor((leaseMs * 5) / 6 - (performance.now() - askedAt));
    } catch (error) {
      log.warn({ error: errorCode(error) }, 'the hold on the WhatsApp number was not renewed');
      if (this.#lease === undefined) this.#change('store-away');
    }
  }

  #keepFor(ms: number): void {
    clearTimeout(this.#expiry);
    if (ms > 0) {
      this.#expiry = setTimeout(() => this.#lose('store-away'), ms);
      this.#change('held');
    } else this.#lose('store-away');
  }

  #lose(because: Unheld): void {
    clearTimeout(this.#expiry);
    this.#lease = undefined;
    this.#change(because);
  }

  #change(next: 'held' | Unheld): void {
    if (next === this.#state || this.#isOver) return;
    this.#state = next;
    this.#parts.log.info({ number: next }, 'hold on the WhatsApp number');
    this.#parts.onChange(next);
  }
}
