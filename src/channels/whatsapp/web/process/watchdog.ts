import type { ClientState } from '../protocol.ts';
import type { WhatsAppWebLimits } from '../whatsapp-web-parts.ts';

/** What is wrong with a child that lives. */
export type Fault = 'silent' | 'memory' | 'stuck' | 'sends';

/** What the watchdog tells. */
export interface WatchdogListener {
  readonly onFault: (fault: Fault) => void;
  /** It was ready for long enough. */
  readonly onHealthy: () => void;
  /** A QR is offered and nobody looks. */
  readonly onUnseen: () => void;
  readonly isWatched: () => boolean;
}

/** Watches one child; it trusts no single event of the library. */
export class Watchdog {
  readonly #listener: WatchdogListener;
  readonly #limits: WhatsAppWebLimits;
  #state: ClientState = 'starting';
  #silence: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(listener: WatchdogListener, limits: WhatsAppWebLimits) {
    this.#listener = listener;
    this.#limits = limits;
    this.#expect('starting');
  }

  /** @param bytes resident memory of the child and its browser */
  beat(bytes: number): void {
    this.#heard();
    if (bytes > this.#limits.mostBytes) this.#listener.onFault('memory');
  }

  client(state: ClientState): void {
    // A QR and a pairing code are the same wait; saying the same again gives no new time.
    const next = state === 'pairing-code' ? 'qr' : state;
    if (next === this.#state) return;
    this.#state = next;
    clearTimeout(this.#patience);
    // Before it has said anything there may be no page to answer.
    this.#heard();
    this.#expect(next);
  }

  stop(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#patience);
  }

  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#listener.onFault('silent'), this.#limits.silentMs);
  }

  #expect(state: ClientState): void {
    const { startingMs, authenticatedMs, disconnectedMs, degradedMs, healthyMs, linkingMs } = this.#limits;
    const stuck = (): void => this.#listener.onFault('stuck');
    if (state === 'starting') this.#wait(startingMs, stuck);
    else if (state === 'authenticated') this.#wait(authenticatedMs, stuck);
    else if (state === 'disconnected') this.#wait(disconnectedMs, stuck);
    else if (state === 'degraded') this.#wait(degradedMs, stuck);
    else if (state === 'ready') this.#wait(healthyMs, () => this.#listener.onHealthy());
    else if (state === 'qr') this.#wait(linkingMs, () => this.#lookForWatchers());
  }

  #lookForWatchers(): void {
    if (this.#listener.isWatched()) this.#wait(this.#limits.linkingMs, () => this.#lookForWatchers());
    else this.#listener.onUnseen();
  }

  #wait(ms: number, then: () => void): void {
    this.#patience = setTimeout(then, ms);
  }
}
