import { AppError } from '../../errors.ts';

/** What of an error may be logged: its name, code and place. Its message may repeat what a person wrote. */
export interface ErrorFacts {
  readonly error: string;
  readonly code?: string;
  readonly at?: string;
}

/** The loggable facts of anything thrown. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const place = /^\s+at (.+)$/m.exec(error.stack ?? '')?.[1];
  return {
    error: error.name,
    ...(error instanceof AppError ? { code: error.code } : {}),
    ...(place === undefined ? {} : { at: place }),
  };
}
