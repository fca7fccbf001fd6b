import type { ClientState } from './protocol.ts';
import type { WhatsAppWebLimits } from './whatsapp-web-parts.ts';

/** What is wrong with a child that lives. */
export type Fault = 'silent' | 'memory' | 'stuck' | 'sends';

/** Watches one child; it trusts no single event of the library. */
export interface Watchdog {
  beat(bytes: number): void;
  client(state: ClientState): void;
  stop(): void;
}

/** What the watchdog is made from. Each is called at most once, but `onHealthy`. */
export interface WatchdogParts {
  readonly limits: WhatsAppWebLimits;
  readonly onFault: (fault: Fault) => void;
  /** It was ready for long enough. */
  readonly onHealthy: () => void;
  /** A QR is offered and nobody looks. */
  readonly onUnseen: () => void;
  readonly isWatched: () => boolean;
}

export function createWatchdog(parts: WatchdogParts): Watchdog {
  const { limits, onFault, onHealthy, onUnseen, isWatched } = parts;
  let state: ClientState | undefined;
  let silence: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => onFault('silent'), limits.silentMs);
  };
  const wait = (ms: number, then: () => void): void => {
    patience = setTimeout(then, ms);
  };
  const lookForWatchers = (): void => {
    if (isWatched()) wait(limits.linkingMs, lookForWatchers);
    else onUnseen();
  };
  const stuck = (): void => onFault('stuck');
  const expect = (next: ClientState): void => {
    if (next === 'starting') wait(limits.startingMs, stuck);
    else if (next === 'authenticated') wait(limits.authenticatedMs, stuck);
    else if (next === 'disconnected') wait(limits.disconnectedMs, stuck);
    else if (next === 'degraded') wait(limits.degradedMs, stuck);
    else if (next === 'ready') wait(limits.healthyMs, onHealthy);
    else if (next === 'qr') wait(limits.linkingMs, lookForWatchers);
  };
  const client = (next: ClientState): void => {
    // A QR and a pairing code are the same wait; saying the same again gives no new time.
    const group = next === 'pairing-code' ? 'qr' : next;
    if (group === state) return;
    state = group;
    clearTimeout(patience);
    // Before it has said anything the page may not be there to answer.
    if (group !== 'starting') heard();
    expect(group);
  };
  client('starting');

  return {
    client,
    beat: (bytes) => {
      heard();
      if (bytes > limits.mostBytes) onFault('memory');
    },
    stop: () => {
      clearTimeout(silence);
      clearTimeout(patience);
    },
  };
}
