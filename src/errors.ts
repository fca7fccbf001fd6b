/** Stable names of what can go wrong; logs, exit messages and tests rely on them. */
export type ErrorCode =
  | 'CONFIG_INVALID'
  | 'KNOWLEDGE_INVALID'
  | 'INDEX_UNAVAILABLE'
  | 'USAGE'
  | 'UNTRUSTED_REQUEST'
  | 'LOCAL_ONLY'
  | 'MALFORMED_REQUEST'
  | 'RATE_LIMITED'
  | 'CHANNEL_UNAVAILABLE'
  | 'UNREACHABLE_PERSON'
  | 'WINDOW_CLOSED'
  | 'NUDGE_REFUSED'
  | 'PORT_IN_USE'
  | 'STORE_LOCKED'
  | 'STORE_UNAVAILABLE'
  | 'STORE_UNUSABLE'
  | 'MIGRATION_REFUSED'
  | 'KEY_INVALID'
  | 'NOT_FOUND'
  | 'BACKUP_INVALID'
  | 'PLACES_UNAVAILABLE';

/**
 * The base of every error Orienta raises on purpose. The message says what was tried, on what, and what to do.
 * "Found nothing" and "declined" are results, never errors.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** True when the same call may succeed later without anything being changed. */
  readonly retryable: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly retryable?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** Several faults found together, one line each, so that an operator mends all of them in one go. */
export class FaultsError extends AppError {
  readonly faults: readonly string[];

  constructor(code: ErrorCode, summary: string, faults: readonly string[]) {
    super(code, [summary, ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

/** A command line that cannot be understood; the command exits with 2 and prints the message alone. */
export class UsageError extends AppError {
  constructor(message: string) {
    super('USAGE', message);
  }
}

/** The limit of requests was reached; the caller may try again after `retryAfterMs`. */
export class RateLimitedError extends AppError {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super('RATE_LIMITED', message, { retryable: true });
    this.retryAfterMs = retryAfterMs;
  }
}

/** A stable name for the log: messages of errors may quote what a person wrote. */
export function errorCode(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** Closes a switch over a union: the compiler proves that no case is left. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
