import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimitedError } from '../errors.ts';

/** How many questions are taken a minute. */
export interface RateLimitOptions {
  readonly perSession: number;
  readonly inTotal: number;
}

/** What one person writes at most, and what this process answers with room to spare. */
export const DEFAULT_RATE_LIMITS: RateLimitOptions = { perSession: 20, inTotal: 6_000 };

/**
 * Counts a question of a session.
 * @param isNew whether the session was made for this very question
 * @throws {RateLimitedError} when the session or the whole process had its share of this minute
 */
export type CountQuestion = (session: string, isNew: boolean) => Promise<void>;

/**
 * Limits by session and in total, never by address: a whole shelter shares one. Who comes without a session is charged
 * to the total first, so that a flood of new ones leaves nothing behind; a known session that asks too much is refused
 * before it takes from the rest.
 */
export function createRateLimits(options: RateLimitOptions): CountQuestion {
  const duration = 60;
  const bySession = new RateLimiterMemory({ points: options.perSession, duration, keyPrefix: 'session' });
  const inTotal = new RateLimiterMemory({ points: options.inTotal, duration, keyPrefix: 'total' });
  return async (session, isNew) => {
    if (!isNew) await consume(bySession, session);
    await consume(inTotal, 'all');
    if (isNew) await consume(bySession, session);
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new RateLimitedError('Too many questions in the last minute.', refusal.msBeforeNext);
  }
}
