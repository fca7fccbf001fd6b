import type { ClientState } from '../protocol.ts';

/**
 * What an operator needs to link the phone. Whoever has the QR or the code has the account: they go to the operator's
 * screen and nowhere else.
 */
export interface Linking {
  /** `waiting`: a code is being made, or the phone is to read it; `resting`: nobody looked, and it waits to be asked. */
  readonly state: 'waiting' | 'resting' | 'logged-out';
  /** The text of the QR; a new one comes about every 20 s. */
  readonly qr?: string;
  readonly pairingCode?: string;
}

/** Hears every change; undefined: there is nothing to link. It does not throw. */
export type LinkingListener = (linking: Linking | undefined) => void;

/** What is to be linked now, and who watches it. */
export interface LinkingBoard {
  current(): Linking | undefined;
  /** @returns takes the listener off */
  onChange(listener: LinkingListener): () => void;
  readonly watchers: number;
  showQr(qr: string): void;
  showPairingCode(code: string): void;
  /** Nothing that was shown is good any more. */
  client(state: ClientState): void;
  rest(state: 'resting' | 'logged-out'): void;
  clear(): void;
}

export function createLinkingBoard(): LinkingBoard {
  const listeners = new Set<LinkingListener>();
  let shown: Linking | undefined;
  const show = (next: Linking | undefined): void => {
    shown = next;
    for (const listener of listeners) listener(next);
  };
  return {
    current: () => shown,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get watchers() {
      return listeners.size;
    },
    showQr: (qr) => show({ state: 'waiting', qr }),
    showPairingCode: (pairingCode) => show({ state: 'waiting', pairingCode }),
    client: (state) => {
      const isWaiting = state === 'qr' || state === 'pairing-code';
      if (!isWaiting) return shown === undefined ? undefined : show(undefined);
      if (shown?.state !== 'waiting') show({ state: 'waiting' });
    },
    rest: (state) => show({ state }),
    clear: () => {
      if (shown !== undefined) show(undefined);
    },
  };
}
