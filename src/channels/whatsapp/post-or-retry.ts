import { setTimeout as sleep } from 'node:timers/promises';

/** Where a service does not say how long to wait. */
const RETRY_MS = 1_000;

/**
 * Asks a service, and once more when it is too busy or fails. One that asks for more patience than there is gets no second
 * question: somebody waits for the answer.
 */
export async function postOrRetry(post: () => Promise<Response>, longestWaitMs: number): Promise<Response> {
  const first = await post();
  if (first.status !== 429 && first.status < 500) return first;
  const waitMs = retryAfterMs(first.headers.get('retry-after'));
  if (waitMs > longestWaitMs) return first;
  await first.body?.cancel();
  await sleep(waitMs);
  return post();
}

/** Seconds, or the date of HTTP; a service that says neither is asked again after a moment. */
function retryAfterMs(header: string | null): number {
  if (header === null) return RETRY_MS;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? RETRY_MS : Math.max(0, ms);
}
