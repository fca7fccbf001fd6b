import { assertNever } from '../../../errors.ts';
import type { ClientState } from './protocol.ts';

/*
 * What is to be done with the process that runs whatsapp-web.js, as a pure machine: state and event in, state and
 * actions out. Nothing here knows of processes, files or time.
 */

/** Why the number is not held. */
export type Unheld = 'asking' | 'taken' | 'store-away';

/** Why the child is being ended. */
export type Ending = 'stop' | 'lost' | 'planned' | 'fault' | 'restore' | 'logout' | 'unseen';

/** What is done with the profile while no browser has it. */
export type ProfileTask = 'none' | 'snapshot' | 'restore' | 'wipe';

/** Where the machine is. */
export type Phase =
  | { readonly kind: 'off' }
  | { readonly kind: 'waiting'; readonly because: Unheld }
  /** Cannot run on this machine as it is; tried again from time to time. */
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'preparing'; readonly next: 'start' | 'pause' | 'logged-out' | 'unseen' }
  | { readonly kind: 'running'; readonly client: ClientState }
  | { readonly kind: 'ending'; readonly why: Ending }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'unlinked'; readonly because: 'logged-out' | 'unseen' };

/** The whole state. */
export interface Supervision {
  readonly phase: Phase;
  /** Between `start` and `stop`. */
  readonly wanted: boolean;
  /** The number is this process's. */
  readonly holding: boolean;
  /** Failures since it was last healthy. */
  readonly failures: number;
  /** This child was ready: its profile is worth a snapshot. */
  readonly wasReady: boolean;
  /** The snapshot was put back and has not led to `ready` since. */
  readonly restored: boolean;
}

export type SupervisionEvent =
  | {
      readonly type: 'start' | 'stop' | 'fault' | 'pause-over' | 'healthy' | 'quiet-hour' | 'link' | 'unseen';
    }
  | { readonly type: 'held' }
  | { readonly type: 'not-held'; readonly because: Unheld }
  | { readonly type: 'blocked'; readonly reason: string }
  | { readonly type: 'prepared' }
  | { readonly type: 'client'; readonly state: ClientState; readonly canRestore: boolean }
  /** The child is gone. `clean`: it closed the browser and said so. */
  | { readonly type: 'ended'; readonly clean: boolean };

export type Action =
  | { readonly do: 'hold-number' | 'release-number' | 'start-child' | 'alert-logout' | 'drop-snapshot' }
  /** `clean` first asks it to close the browser, `quick` the same with little time, `kill` does not ask. */
  | { readonly do: 'end-child'; readonly how: 'clean' | 'quick' | 'kill' }
  | { readonly do: 'prepare'; readonly task: ProfileTask }
  | { readonly do: 'pause'; readonly failures: number };

/** A state with what to do on entering it. */
export interface Step {
  readonly state: Supervision;
  readonly actions: readonly Action[];
}

export const NOT_STARTED: Supervision = {
  phase: { kind: 'off' },
  wanted: false,
  holding: false,
  failures: 0,
  wasReady: false,
  restored: false,
};

/** Events that mean nothing in a state leave it as it is: they may come late. */
export function supervise(state: Supervision, event: SupervisionEvent): Step {
  switch (event.type) {
    case 'start':
      return state.phase.kind === 'off' && !state.wanted
        ? go({ ...state, wanted: true }, { kind: 'waiting', because: 'asking' }, { do: 'hold-number' })
        : stay(state);
    case 'stop':
      return stop({ ...state, wanted: false });
    case 'held':
      return takeNumber(state);
    case 'not-held':
      return loseNumber({ ...state, holding: false }, event.because);
    case 'blocked':
      return block(state, event.reason);
    case 'prepared':
      return prepared(state);
    case 'client':
      return clientSaid(state, event.state, event.canRestore);
    case 'fault':
      return end(state, 'fault', 'kill');
    case 'quiet-hour':
      return isRunning(state, 'ready', 'degraded') ? end(state, 'planned', 'clean') : stay(state);
    case 'unseen':
      return isRunning(state, 'qr', 'pairing-code') ? end(state, 'unseen', 'clean') : stay(state);
    case 'ended':
      return ended(state, event.clean);
    case 'pause-over':
      return state.phase.kind === 'pausing' || state.phase.kind === 'blocked' ? begin(state) : stay(state);
    case 'link':
      return state.phase.kind === 'unlinked' || state.phase.kind === 'blocked' ? begin(state) : stay(state);
    case 'healthy':
      return stay({ ...state, failures: 0 });
    default:
      return assertNever(event);
  }
}

function stay(state: Supervision): Step {
  return { state, actions: [] };
}

function go(state: Supervision, phase: Phase, ...actions: readonly Action[]): Step {
  return { state: { ...state, phase }, actions };
}

function isRunning({ phase }: Supervision, ...clients: readonly ClientState[]): boolean {
  return phase.kind === 'running' && clients.includes(phase.client);
}

function begin(state: Supervision): Step {
  return state.holding ? prepare(state) : go(state, { kind: 'waiting', because: 'asking' });
}

function prepare(state: Supervision): Step {
  return go(state, { kind: 'preparing', next: 'start' }, { do: 'prepare', task: 'none' });
}

function prepared(state: Supervision): Step {
  if (state.phase.kind !== 'preparing') return stay(state);
  const { next } = state.phase;
  if (!state.wanted) return turnOff(state);
  if (next === 'logged-out' || next === 'unseen') return go(state, { kind: 'unlinked', because: next });
  if (!state.holding) return go(state, { kind: 'waiting', because: 'asking' });
  if (next === 'pause') return go(state, { kind: 'pausing' }, { do: 'pause', failures: state.failures });
  const fresh = { ...state, wasReady: false };
  return go(fresh, { kind: 'running', client: 'starting' }, { do: 'start-child' });
}

function block(state: Supervision, reason: string): Step {
  const { phase } = state;
  if (phase.kind === 'preparing' && (phase.next !== 'start' || !state.wanted)) return prepared(state);
  if (phase.kind !== 'running' && phase.kind !== 'preparing') return stay(state);
  return go(state, { kind: 'blocked', reason }, { do: 'pause', failures: state.failures });
}

function stop(state: Supervision): Step {
  switch (state.phase.kind) {
    case 'off':
    case 'preparing':
    case 'ending':
      return stay(state);
    case 'running':
      return end(state, 'stop', 'clean');
    default:
      return turnOff(state);
  }
}

function turnOff(state: Supervision): Step {
  return go({ ...state, holding: false }, { kind: 'off' }, { do: 'release-number' });
}

function takeNumber(state: Supervision): Step {
  if (state.phase.kind === 'off') return stay(state);
  const holding = { ...state, holding: true };
  return state.phase.kind === 'waiting' ? prepare(holding) : stay(holding);
}

function loseNumber(state: Supervision, because: Unheld): Step {
  switch (state.phase.kind) {
    case 'running':
      return end(state, 'lost', 'quick');
    case 'ending':
      return { state, actions: [{ do: 'end-child', how: 'quick' }] };
    case 'waiting':
    case 'blocked':
    case 'pausing':
      return go(state, { kind: 'waiting', because });
    default:
      return stay(state);
  }
}

function end(state: Supervision, why: Ending, how: 'clean' | 'quick' | 'kill'): Step {
  if (state.phase.kind !== 'running') return stay(state);
  const failures = why === 'fault' ? state.failures + 1 : state.failures;
  return go({ ...state, failures }, { kind: 'ending', why }, { do: 'end-child', how });
}

function clientSaid(state: Supervision, client: ClientState, canRestore: boolean): Step {
  if (state.phase.kind !== 'running') return stay(state);
  if (client === 'logged-out') {
    const step = end(state, 'logout', 'clean');
    return { ...step, actions: [...step.actions, { do: 'alert-logout' }] };
  }
  if (client === 'qr' && canRestore && !state.restored)
    return end({ ...state, restored: true }, 'restore', 'clean');
  // A snapshot that also needs a QR holds no session any more.
  const spent: readonly Action[] =
    client === 'qr' && state.restored && canRestore ? [{ do: 'drop-snapshot' }] : [];
  const isReady = client === 'ready';
  const next = { ...state, wasReady: state.wasReady || isReady, restored: state.restored && !isReady };
  return go(next, { kind: 'running', client }, ...spent);
}

function ended(state: Supervision, clean: boolean): Step {
  if (state.phase.kind === 'running') {
    const failed = { ...state, failures: state.failures + 1 };
    return go(failed, { kind: 'preparing', next: 'pause' }, { do: 'prepare', task: 'none' });
  }
  if (state.phase.kind !== 'ending') return stay(state);
  const { why } = state.phase;
  // Without the number the profile may be another process's by now.
  if (!state.holding && why !== 'logout')
    return state.wanted ? go(state, { kind: 'waiting', because: 'taken' }) : turnOff(state);
  const task = state.holding ? taskAfter(why, state.wasReady && clean) : 'none';
  return go(state, { kind: 'preparing', next: nextAfter(why) }, { do: 'prepare', task });
}

function taskAfter(why: Ending, isWorthKeeping: boolean): ProfileTask {
  if (why === 'logout') return 'wipe';
  if (why === 'restore') return 'restore';
  return (why === 'stop' || why === 'planned') && isWorthKeeping ? 'snapshot' : 'none';
}

function nextAfter(why: Ending): 'start' | 'pause' | 'logged-out' | 'unseen' {
  if (why === 'logout') return 'logged-out';
  if (why === 'unseen') return 'unseen';
  return why === 'fault' ? 'pause' : 'start';
}
