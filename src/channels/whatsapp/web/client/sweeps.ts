import type { SessionState } from './state.ts';
import type { Sweep } from './sweep.ts';

/** Every message that the library missed is found within this. */
const SWEEP_EVERY_MS = 5 * 60_000;
/** While the library does not listen, sweeps are all there is. */
const DEAF_SWEEP_EVERY_MS = 10_000;
/** After the connection came, what waited at WhatsApp trickles in, and is not told as new. */
const SETTLE_MS = [4_000, 30_000] as const;
/** How far a sweep reaches back before the one before it. */
const OVERLAP_MS = 2 * 60_000;

/** Sweeps on request, and by themselves from time to time. */
export interface Sweeps {
  /** The library tells nothing: sweeps are made often. */
  deaf: boolean;
  /** The gateway asks. @param since milliseconds since 1970 */
  readonly since: (since: number) => Promise<Sweep>;
  /** The connection is there, or there again. */
  readonly settle: () => void;
  readonly stop: () => void;
}

/** Failures of sweeps that nobody asked for are left to the next one. */
export function repeatSweeps(
  state: Pick<SessionState, 'isOnline'>,
  now: () => number,
  run: (since: number) => Promise<Sweep>,
): Sweeps {
  let since = now();
  let ranAt = now();
  let settling: readonly NodeJS.Timeout[] = [];
  const again = (isSettled: boolean): void => {
    const at = now();
    ranAt = at;
    if (!state.isOnline) return;
    run(since).then(
      ({ missed }) => {
        if (missed === 0 && isSettled) since = at - OVERLAP_MS;
      },
      () => undefined,
    );
  };
  const timer = setInterval(() => {
    const every = sweeps.deaf ? DEAF_SWEEP_EVERY_MS : SWEEP_EVERY_MS;
    if (now() - ranAt >= every) again(true);
  }, DEAF_SWEEP_EVERY_MS);
  const unsettle = (): void => settling.forEach(clearTimeout);
  const sweeps: Sweeps = {
    deaf: false,
    since: (asked) => {
      since = Math.min(since, asked);
      return run(asked);
    },
    settle: () => {
      unsettle();
      settling = SETTLE_MS.map((ms) => setTimeout(() => again(ms === SETTLE_MS[1]), ms));
    },
    stop: () => {
      unsettle();
      clearInterval(timer);
    },
  };
  return sweeps;
}
