import { setTimeout as sleep } from 'node:timers/promises';
import { DoorError } from '../door-error.ts';

/** Waits that can be cut off, one by one or all together. */
export interface Pauses {
  /** @throws {DoorError} `aborted` */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** Ends all waits, and those that come. */
  cut(): void;
}

export function createPauses(): Pauses {
  const waiting = new Set<AbortController>();
  let isCut = false;
  return {
    wait: async (ms, signal) => {
      const pause = new AbortController();
      const abort = (): void => pause.abort();
      if (isCut || signal?.aborted === true) throw new DoorError('aborted');
      waiting.add(pause);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        if (ms > 0) await sleep(ms, undefined, { signal: pause.signal });
      } catch {
        throw new DoorError('aborted');
      } finally {
        waiting.delete(pause);
        signal?.removeEventListener('abort', abort);
      }
    },
    cut: () => {
      isCut = true;
      for (const pause of waiting) pause.abort();
    },
  };
}
