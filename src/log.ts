import { type Logger, pino } from 'pino';

export type { Logger };

/**
 * JSON lines on stderr, so that a command's stdout stays clean for its result.
 * Callers pass ids and counts, never a person's words, addresses or tokens.
 */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
