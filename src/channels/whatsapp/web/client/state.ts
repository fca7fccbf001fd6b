import type { ClientState, FromChild } from '../protocol.ts';

/** How far the session is; `ready` is told as `degraded` while a part of it fails. */
type Stage = Exclude<ClientState, 'degraded'>;

/** The state of the session, told once for each change. */
export interface SessionState {
  readonly stage: Stage;
  /** Whether messages can be sent. */
  readonly isOnline: boolean;
  reach(stage: Stage, reason?: string): void;
  /** A part that fails, or works again. */
  part(name: string, works: boolean): void;
}

export function createSessionState(emit: (message: FromChild) => void): SessionState {
  const failing = new Set<string>();
  let stage: Stage = 'starting';
  let why: string | undefined;
  let told = '';
  const tell = (): void => {
    const state = stage === 'ready' && failing.size > 0 ? 'degraded' : stage;
    const reason = state === 'degraded' ? [...failing].join(' ') : why;
    if (told === `${state} ${reason}`) return;
    told = `${state} ${reason}`;
    emit({ type: 'state', state, ...(reason === undefined ? {} : { reason }) });
  };
  tell();
  return {
    get stage() {
      return stage;
    },
    get isOnline() {
      return stage === 'ready';
    },
    reach: (next, reason) => {
      if (stage === 'logged-out') return;
      stage = next;
      why = reason;
      tell();
    },
    part: (name, works) => {
      if (works) failing.delete(name);
      else failing.add(name);
      tell();
    },
  };
}
