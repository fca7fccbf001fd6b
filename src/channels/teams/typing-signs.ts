import { setTimeout as sleep } from 'node:timers/promises';
import type { ConversationId } from '../channel.ts';
import type { StoredReference } from './conversation-references.ts';

/** How the signs come. */
interface Pace {
  /** Teams takes a sign away after some seconds. */
  readonly everyMs: number;
  /** Most signs for one message: whoever waits longer is not helped by a sign. */
  readonly most: number;
  /** Most conversations with a sign at once; above that, messages matter more. */
  readonly atOnce: number;
}

const PACE: Pace = { everyMs: 3_000, most: 20, atOnce: 50 };

/** Signs that an answer is coming. */
export interface TypingSigns {
  /** Shows one now, and again until it is ended. In the background. */
  begin(to: ConversationId, reference: StoredReference): void;
  /** Resolves when no sign for the conversation is on its way any more: one that overtakes its answer would stay. */
  end(to: ConversationId): Promise<void>;
  /** The same for all conversations. */
  endAll(): Promise<void>;
}

/** @param write shows one sign; false when it could not be shown, never rejects */
export function createTypingSigns(
  write: (reference: StoredReference) => Promise<boolean>,
  pace: Pace = PACE,
): TypingSigns {
  const shown = new Map<ConversationId, { readonly stop: AbortController; readonly ended: Promise<void> }>();

  const show = async (reference: StoredReference, { signal }: AbortController): Promise<void> => {
    for (let count = 0; count < pace.most && !signal.aborted; count += 1) {
      if (!(await write(reference))) return;
      await sleep(pace.everyMs, undefined, { ref: false, signal }).catch(() => undefined);
    }
  };
  const end = async (to: ConversationId): Promise<void> => {
    const sign = shown.get(to);
    sign?.stop.abort();
    await sign?.ended;
  };
  return {
    begin: (to, reference) => {
      if (shown.has(to) || shown.size >= pace.atOnce) return;
      const stop = new AbortController();
      const ended = show(reference, stop).finally(() => shown.delete(to));
      shown.set(to, { stop, ended });
    },
    end,
    endAll: async () => {
      await Promise.all([...shown.keys()].map(end));
    },
  };
}
