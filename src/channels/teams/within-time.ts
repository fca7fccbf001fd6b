import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';

/**
 * Work that has not ended in time goes on by itself; whoever waits for it learns that it may be asked for again.
 * @throws {AppError} `CHANNEL_UNAVAILABLE`, retryable
 */
export async function withinTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const done = new AbortController();
  const late = sleep(ms, undefined, { ref: false, signal: done.signal }).then(() => {
    throw new AppError('CHANNEL_UNAVAILABLE', `${what} within ${ms} ms.`, { retryable: true });
  });
  return Promise.race([work, late]).finally(() => done.abort());
}
