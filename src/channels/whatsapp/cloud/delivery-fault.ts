import { AppError, RateLimitedError } from '../../../errors.ts';
import { GraphRefusal } from './graph-refusal.ts';

/*
 * Meta's codes: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 * They come in the answer to a request or, for the same cause, minutes later in a `failed` status.
 */

/** More than 24 hours since the person last wrote: only a template may go out. */
const WINDOW_CODES = new Set([131047, 470]);
/**
 * Undeliverable (no WhatsApp there, or the person blocked the number), not in a test number's list, own number, not
 * possible with a business-scoped id, a country that the number may not write to.
 */
const NOBODY_CODES = new Set([131026, 131030, 131021, 131062, 130497]);
/** A parameter is wrong or missing: the same request never succeeds. */
const MALFORMED_CODES = new Set([100, 131008, 131009, 131051]);
/** How long to wait, in ms, where Meta does not say. 131056 allows one message in 6 s to one person. */
const RATE_WAITS: ReadonlyMap<number, number> = new Map([
  [4, 60_000],
  [613, 60_000],
  [80007, 60_000],
  [130429, 5_000],
  [131048, 10 * 60_000],
  [131056, 6_000],
]);
const DEFAULT_WAIT_MS = 5_000;

/** The error that a failed delivery comes to. Its message holds no words of the reply. */
export function deliveryFault(cause: unknown): AppError {
  if (!(cause instanceof GraphRefusal)) {
    if (cause instanceof AppError) return cause;
    return new AppError('CHANNEL_UNAVAILABLE', 'WhatsApp could not be reached.', { retryable: true, cause });
  }
  const { status, graphCode: code = 0, retryAfterMs } = cause;
  if (isWindowClosed(cause)) {
    return new AppError('WINDOW_CLOSED', 'WhatsApp refuses replies 24 hours after the last message.', {
      cause,
    });
  }
  if (NOBODY_CODES.has(code)) {
    return new AppError('UNREACHABLE_PERSON', `WhatsApp says that nobody is there (${code}).`, { cause });
  }
  const waitMs = RATE_WAITS.get(code);
  if (waitMs !== undefined || status === 429) {
    return new RateLimitedError(
      'WhatsApp asks to send less often.',
      retryAfterMs ?? waitMs ?? DEFAULT_WAIT_MS,
    );
  }
  if (isMalformed(cause)) {
    return new AppError('CHANNEL_UNAVAILABLE', `WhatsApp does not take this message (${code}).`, { cause });
  }
  return cause;
}

/** Whether only a template may still be sent to the person. */
export function isWindowClosed({ graphCode }: GraphRefusal): boolean {
  return graphCode !== undefined && WINDOW_CODES.has(graphCode);
}

/** Whether the same request can never succeed. */
export function isMalformed({ graphCode }: GraphRefusal): boolean {
  return graphCode !== undefined && MALFORMED_CODES.has(graphCode);
}
