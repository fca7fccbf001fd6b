import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';

const EVERY_MS = 250;

/**
 * Writes down what has already happened. While the database is away it tries again, so that an answer is not worked
 * out, or delivered, a second time for want of a note that it was.
 */
export async function persist<T>(write: () => Promise<T>, withinMs: number): Promise<T> {
  for (let left = withinMs; ; left -= EVERY_MS) {
    try {
      return await write();
    } catch (error) {
      const away = error instanceof AppError && error.code === 'STORE_UNAVAILABLE';
      if (!away || left <= 0) throw error;
      await sleep(EVERY_MS);
    }
  }
}
