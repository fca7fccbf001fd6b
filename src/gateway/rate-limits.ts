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
 * @throws {RateLimitedError} when the session or the whole process had its share of this minute
 */
export type CountQuestion = (session: string) => Promise<void>;

/**
 * Limits by session and in total, never by address: a whole shelter shares one. The total also holds back whoever
 * takes a new session for every question.
 */
export function createRateLimits(options: RateLimitOptions): CountQuestion {
  const duration = 60;
  const bySession = new RateLimiterMemory({ points: options.perSession, duration, keyPrefix: 'session' });
  const inTotal = new RateLimiterMemory({ points: options.inTotal, duration, keyPrefix: 'total' });
  return async (session) => {
    await consume(bySession, session);
    await consume(inTotal, 'all');
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
