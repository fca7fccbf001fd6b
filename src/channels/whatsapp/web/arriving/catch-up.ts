import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { errorCode } from '../../../../errors.ts';
import type { Logger } from '../../../../log.ts';
import { type BackOff, backOffMs } from '../back-off.ts';
import type { AskOptions } from '../process/open-requests.ts';
import type { Ask } from '../process/process-link.ts';
import type { ClientState } from '../protocol.ts';
import type { Watermark } from '../session/watermark.ts';
import type { Arrivals } from './arrivals.ts';

/** Looks for what came in while nobody listened, each time that the session is ready again. */
export interface CatchUp {
  client(state: ClientState | undefined): void;
}

/** What catching up works with. */
export interface CatchUpParts {
  readonly ask: (what: Ask, options: AskOptions) => Promise<unknown>;
  readonly watermark: Watermark;
  readonly arrivals: Pick<Arrivals, 'settled'>;
  readonly now: () => Date;
  readonly random: () => number;
  readonly log: Logger;
  readonly requestMs: number;
  /** Milliseconds: what is older is not looked for. */
  readonly sweepAgeMs: number;
  readonly sweepRetry: BackOff;
}

/** Clocks differ, and WhatsApp counts in seconds. What is seen twice is taken once. */
const OVERLAP_MS = 2 * 60_000;
const MOST_TRIES = 10;

/** What the child says of a sweep: chats it could not read. */
const sweptSchema = z.object({ missed: z.number() });

export function createCatchUp(parts: CatchUpParts): CatchUp {
  const { watermark } = parts;
  let current: AbortController | undefined;
  const isOnline = (state: ClientState | undefined): boolean => state === 'ready' || state === 'degraded';
  return {
    client: (state) => {
      if (state === 'authenticated') watermark.begin();
      current?.abort();
      watermark.missing();
      if (!isOnline(state)) return;
      watermark.begin();
      current = new AbortController();
      void catchUp(parts, current.signal);
    },
  };
}

async function catchUp(parts: CatchUpParts, signal: AbortSignal): Promise<void> {
  const { watermark, arrivals, now, random, log, sweepRetry } = parts;
  const since = Math.max((watermark.at ?? 0) - OVERLAP_MS, now().getTime() - parts.sweepAgeMs);
  for (let tries = 1; !signal.aborted; tries += 1) {
    const missed = await sweep(parts, since, signal);
    if (signal.aborted) return;
    if (missed === 0) {
      await arrivals.settled();
      return signal.aborted ? undefined : watermark.caughtUp();
    }
    if (tries === MOST_TRIES) {
      // The mark stays where it is: the next sweep looks from there again.
      return log.error({ missed }, 'what came in while WhatsApp was away was not all read');
    }
    await sleep(backOffMs(sweepRetry, tries, random()), undefined, { signal }).catch(() => undefined);
  }
}

/** @returns how many chats could not be read; undefined when none could */
async function sweep(
  { ask, log, requestMs }: CatchUpParts,
  since: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const swept = sweptSchema.safeParse(
      await ask({ type: 'sweep', since }, { timeoutMs: requestMs, signal }),
    );
    return swept.data?.missed ?? 0;
  } catch (error) {
    if (!signal.aborted)
      log.warn({ error: errorCode(error) }, 'WhatsApp was not asked for what came in before');
    return undefined;
  }
}
