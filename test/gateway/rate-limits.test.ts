import { afterEach, describe, expect, it, vi } from 'vitest';
import { RateLimitedError } from '#src/errors.ts';
import { createRateLimits } from '#src/gateway/rate-limits.ts';

afterEach(() => void vi.useRealTimers());

describe('the limits of questions', () => {
  it('refuse a known session that asks too much before it takes from the rest', async () => {
    const count = createRateLimits({ perSession: 1, inTotal: 2 });
    await count('ana', false);
    for (let tries = 0; tries < 5; tries += 1)
      await expect(count('ana', false)).rejects.toBeInstanceOf(RateLimitedError);
    await count('beto', false);
  });

  it('charge a question without a session to the total first: refused there, it counts for no session', async () => {
    vi.useFakeTimers();
    const count = createRateLimits({ perSession: 1, inTotal: 1 });
    await count('ana', false);
    vi.advanceTimersByTime(30_000);
    await expect(count('beto', true)).rejects.toBeInstanceOf(RateLimitedError);
    // The total's minute is over, while a session charged half a minute ago would still have to wait.
    vi.advanceTimersByTime(31_000);
    await count('beto', false);
  });
});
