import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup, killRest } from '../session/browser-of-profile.ts';
import type { ProcessLink } from './process-link.ts';

/** How long each step towards the end of a child may take. */
export interface EndSteps {
  /** To close its browser and end by itself; 0: it is not asked. */
  readonly askMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly killMs: number;
}

/**
 * Ends a child and what it started.
 * @returns whether it closed its browser and ended by itself
 */
export async function endProcess(link: ProcessLink, { askMs, killMs }: EndSteps): Promise<boolean> {
  const { pid } = link;
  const isClean = askMs > 0 && (await asked(link, askMs));
  if (pid !== undefined) {
    if (!isClean) {
      killGroup(pid, 'SIGTERM');
      const isGone = await Promise.race([link.ended.then(() => true), sleep(killMs, false, { ref: false })]);
      if (!isGone) killGroup(pid, 'SIGKILL');
    }
    await link.ended;
    killRest(pid);
  }
  return isClean;
}

async function asked(link: ProcessLink, askMs: number): Promise<boolean> {
  const late = sleep(askMs, false as const, { ref: false });
  const closed = link.ask({ type: 'stop' }, { timeoutMs: askMs }).then(
    () => link.ended.then(() => true as const),
    () => false as const,
  );
  return Promise.race([closed, late]);
}
