import type { Client } from 'whatsapp-web.js';
import type { z } from 'zod';
import { AppError } from '../../../../errors.ts';
import { withDeadline } from './deadline.ts';

/** The page that whatsapp-web.js drives. */
export type Page = NonNullable<Client['pupPage']>;

/** As much of a page as scripts need. */
export interface ScriptPage {
  evaluate(source: string): Promise<unknown>;
}

/** How long a script may take in a page that is well, in milliseconds. */
const SCRIPT_MS = 10_000;

/**
 * Runs a script in the page. It is sent as text, so it can use nothing of this process beside its input.
 * @throws {AppError} `CHANNEL_UNAVAILABLE`, retryable, when the page does not answer in time or answers something else
 */
export async function callPage<Input, Answer>(
  page: ScriptPage | undefined,
  script: (input: Input) => unknown,
  input: Input,
  schema: z.ZodType<Answer>,
  timeoutMs = SCRIPT_MS,
): Promise<Answer> {
  if (page === undefined) throw unavailable('there is no page yet');
  // The text is built here because the page is given plain data only.
  const source = `(${script.toString()})(${JSON.stringify(input) ?? 'undefined'})`;
  const answer = await withDeadline(page.evaluate(source), timeoutMs, () =>
    unavailable('the page does not answer'),
  );
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw unavailable('the page answers something else');
  return parsed.data;
}

function unavailable(why: string): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', `WhatsApp Web: ${why}.`, { retryable: true });
}
