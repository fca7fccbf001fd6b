import { z } from 'zod';
import { AppError, RateLimitedError } from '../../errors.ts';

const DEFAULT_RETRY_MS = 5_000;
/** However long a platform asks to wait, an operator should see it try again the same day. */
const LONGEST_RETRY_MS = 60 * 60_000;

/** Why Teams will take nothing more for a person or a group until they write again, in its own words. */
const GONE = [
  'BotNotInConversationRoster',
  'BotDisabledByAdmin',
  'MessageWritesBlocked',
  'ConversationBlockedByUser',
  'ConversationNotFound',
] as const;

/** A reason for which nothing more is sent to a conversation until somebody writes from there. */
export type GoneReason = (typeof GONE)[number];

const codes = { code: z.unknown().optional(), subCode: z.unknown().optional() };
const bodySchema = z.looseObject({ ...codes, error: z.looseObject(codes).optional().catch(undefined) });

/** Nobody is there any more: the bot was taken out or blocked. */
export class GoneError extends AppError {
  readonly reason: GoneReason;

  constructor(reason: GoneReason) {
    super('UNREACHABLE_PERSON', `Teams takes nothing for this conversation until they write (${reason}).`);
    this.reason = reason;
  }
}

/** Microsoft lets Orienta write nowhere: its secret is wrong or has expired, or it is no bot of that organisation. */
export class CredentialsError extends AppError {
  constructor(cause?: unknown) {
    super('CHANNEL_UNAVAILABLE', 'Microsoft refuses the credentials of the bot.', { retryable: true, cause });
  }
}

/** What Microsoft's login says when it does not know the bot or its secret. */
const loginRefusalSchema = z.looseObject({
  name: z.literal('ServerError'),
  errorCode: z.string().regex(/^(?:invalid_|unauthorized_)/),
});

/** How the platform refused: what it answered, before any of it was read. */
export interface Refusal {
  readonly status: number;
  /** The `Retry-After` header. */
  readonly retryAfter: string | null;
  /** The answer's body. It may quote the message, so nothing of it but a known code goes on. */
  readonly body: string;
}

/** The error that a refusal comes to. Its message holds no words of the reply. */
export function refusalFault({ status, retryAfter, body }: Refusal, now: Date): AppError {
  if (status === 403 || status === 404) {
    const reason = goneReason(body);
    if (reason !== undefined) return new GoneError(reason);
    return new AppError('UNREACHABLE_PERSON', `Teams says that nobody is there (${status}).`);
  }
  if (status === 401) return new CredentialsError();
  const waitMs = retryAfterMs(retryAfter, now) ?? (status === 429 ? DEFAULT_RETRY_MS : undefined);
  const isBusy = status === 412 || status === 429 || status >= 500;
  if (isBusy && waitMs !== undefined) return new RateLimitedError('Teams asks to send less often.', waitMs);
  return new AppError('CHANNEL_UNAVAILABLE', `Teams refused the message (${status}).`, { retryable: true });
}

/** The error that a delivery without an answer comes to: no connection, no token, no time left. */
export function deliveryFault(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (loginRefusalSchema.safeParse(cause).success) return new CredentialsError(cause);
  return new AppError('CHANNEL_UNAVAILABLE', 'Teams could not be reached.', { retryable: true, cause });
}

/** Teams names its reason as `error.code`, at times as `subCode` at the top. */
function goneReason(body: string): GoneReason | undefined {
  const parsed = bodySchema.safeParse(readJson(body));
  if (!parsed.success) return undefined;
  const { code, subCode, error } = parsed.data;
  return GONE.find((reason) => [code, subCode, error?.code, error?.subCode].includes(reason));
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Seconds or a date. */
function retryAfterMs(header: string | null, now: Date): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now.getTime();
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), LONGEST_RETRY_MS) : undefined;
}
