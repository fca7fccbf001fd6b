import { z } from 'zod';
import { AppError, RateLimitedError } from '../../errors.ts';

const DEFAULT_RETRY_MS = 5_000;

/** What botbuilder's connector throws when the platform refuses. */
const restErrorSchema = z.looseObject({
  statusCode: z.number(),
  response: z
    .looseObject({ headers: z.custom<{ get(name: string): string | undefined }>(hasGet).optional() })
    .optional(),
});

/** The error that a failed delivery comes to. Its message holds no words of the reply. */
export function deliveryFault(cause: unknown): AppError {
  const parsed = restErrorSchema.safeParse(cause);
  if (!parsed.success) {
    return new AppError('CHANNEL_UNAVAILABLE', 'Teams could not be reached.', { retryable: true, cause });
  }
  const { statusCode, response } = parsed.data;
  // 403: the bot was taken out or blocked (BotNotInConversationRoster, BotDisabledByAdmin…); 404: no such conversation.
  if (statusCode === 403 || statusCode === 404) {
    return new AppError('UNREACHABLE_PERSON', `Teams says that nobody is there (${statusCode}).`, { cause });
  }
  if (statusCode === 429) {
    const seconds = Number(response?.headers?.get('retry-after') ?? Number.NaN);
    const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : DEFAULT_RETRY_MS;
    return new RateLimitedError('Teams asks to send less often.', waitMs);
  }
  return new AppError('CHANNEL_UNAVAILABLE', `Teams refused the message (${statusCode}).`, {
    retryable: true,
    cause,
  });
}

function hasGet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}
