import { z } from 'zod';
import type { Reply } from '../channels/channel.ts';
import { MAX_MESSAGE_LENGTH } from '../channels/message-limit.ts';
import type { Sessions } from '../channels/web/session.ts';
import type { WebChannel } from '../channels/web/web-channel.ts';
import type { CountQuestion } from './rate-limits.ts';

const questionSchema = z.object({
  text: z.string().trim().min(1).max(MAX_MESSAGE_LENGTH),
  session: z.unknown().optional(),
});

/** A question as a request brought it, its session already known or new. */
export interface WebQuestion {
  readonly session: string;
  /** Whether the session was made for this question. */
  readonly isNew: boolean;
  readonly text: string;
}

/** What asking needs. */
export interface AskParts {
  readonly web: WebChannel;
  readonly sessions: Sessions;
  readonly countQuestion: CountQuestion;
}

/** Reads a question out of a parsed body; undefined when its text is missing, empty or too long. */
export function readQuestion(body: unknown, sessions: Sessions): WebQuestion | undefined {
  const parsed = questionSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { text, session: brought } = parsed.data;
  const session = sessions.resume(brought);
  return { text, session, isNew: session !== brought };
}

/**
 * Counts the question and waits for its reply.
 * @throws {RateLimitedError} when too many were asked
 * @throws {AppError} `CHANNEL_UNAVAILABLE` when no reply came in time
 */
export async function ask({ web, countQuestion }: AskParts, question: WebQuestion): Promise<Reply> {
  const { session, isNew, text } = question;
  await countQuestion(session, isNew);
  return web.ask(session, text);
}
