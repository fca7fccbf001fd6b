import { AppError } from '../errors.ts';
import type { Store } from '../storage/store.ts';

/** A store that can be put aside for a while and comes back as another. */
export interface SuspendableStore {
  /** Stays the same object; while suspended every call is refused with `STORE_UNAVAILABLE` (retryable). */
  readonly store: Store;
  /**
   * Refuses new calls, lets those under way end, does the work and opens the store anew. When the work fails nothing
   * was changed, and the store goes on as it was; when opening fails it stays refused.
   */
  whileSuspended<T>(work: () => Promise<T>): Promise<T>;
}

/** @param reopen opens the store again over the same database */
export function createSuspendableStore(first: Store, reopen: () => Promise<Store>): SuspendableStore {
  let current = first;
  const gate = createGate();
  const store: Store = {
    people: gated(gate, () => current.people),
    inbox: gated(gate, () => current.inbox),
    outbox: gated(gate, () => current.outbox),
    deadLetters: gated(gate, () => current.deadLetters),
    turns: gated(gate, () => current.turns),
    writeBack: gated(gate, () => current.writeBack),
    leases: gated(gate, () => current.leases),
    feedback: gated(gate, () => current.feedback),
    legalQuestions: gated(gate, () => current.legalQuestions),
    erasure: gated(gate, () => current.erasure),
    schedule: gated(gate, () => current.schedule),
    upkeep: gated(gate, () => current.upkeep),
    transaction: (work) => gate.pass(() => current.transaction(work)),
    ping: () => gate.pass(() => current.ping()),
    close: () => current.close(),
  };
  return {
    store,
    async whileSuspended(work) {
      await gate.shut();
      const result = await work().catch((error: unknown) => {
        gate.open();
        throw error;
      });
      current = await reopen();
      gate.open();
      return result;
    },
  };
}

interface Gate {
  pass<T>(call: () => Promise<T>): Promise<T>;
  /** Resolves when nobody is inside any more. */
  shut(): Promise<void>;
  open(): void;
}

function createGate(): Gate {
  let isShut = false;
  let inside = 0;
  let whenEmpty: (() => void) | undefined;
  return {
    async pass(call) {
      if (isShut) throw suspended();
      inside += 1;
      try {
        return await call();
      } finally {
        inside -= 1;
        if (inside === 0) whenEmpty?.();
      }
    },
    async shut() {
      if (isShut) throw suspended();
      isShut = true;
      if (inside > 0) {
        await new Promise<void>((resolve) => {
          whenEmpty = resolve;
        });
      }
    },
    open() {
      isShut = false;
      whenEmpty = undefined;
    },
  };
}

/** The same part, each call through the gate; every method of the store's parts returns a promise. */
function gated<Part extends object>(gate: Gate, part: () => Part): Part {
  return new Proxy(part(), {
    get(_first, name) {
      const method: unknown = Reflect.get(part(), name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => gate.pass(async () => Reflect.apply(method, part(), args));
    },
  });
}

function suspended(): AppError {
  return new AppError('STORE_UNAVAILABLE', 'Se está restaurando un respaldo; repita en un momento.', {
    retryable: true,
  });
}
