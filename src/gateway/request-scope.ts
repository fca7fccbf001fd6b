import { AsyncLocalStorage } from 'node:async_hooks';

/** What is found out about a request while it is answered. */
export interface RequestFacts {
  /** The turn that its message opened. */
  turn?: string;
}

/** Leads from what happens inside a request back to it, so that its log line can name the turn it opened. */
export interface RequestScope {
  /** Runs a request; whatever it starts belongs to it. */
  run(facts: RequestFacts, work: () => void): void;
  /** Notes the turn of the request that is going on, if one is. */
  noteTurn(turn: string): void;
}

/** @returns a scope that knows of no request */
export function createRequestScope(): RequestScope {
  const current = new AsyncLocalStorage<RequestFacts>();
  return {
    run: (facts, work) => current.run(facts, work),
    noteTurn(turn) {
      const facts = current.getStore();
      if (facts !== undefined && turn !== '') facts.turn = turn;
    },
  };
}
