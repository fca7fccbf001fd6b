import { z } from 'zod';
import type { Reply } from '../channels/channel.ts';
import type { Sessions } from '../channels/web/session.ts';
import type { WebChannel } from '../channels/web/web-channel.ts';
import { MAX_QUESTION_LENGTH } from './pages/chat-page.tsx';
import type { CountQuestion } from './rate-limits.ts';

const questionSchema = z.object({
  text: z.string().trim().min(1).max(MAX_QUESTION_LENGTH),
  session: z.unknown().optional(),
});

/** A question as a request brought it, its session already known or new. */
export interface WebQuestion {
  readonly session: string;
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
  return { text: parsed.data.text, session: sessions.resume(parsed.data.session) };
}

/**
 * Counts the question and waits for its reply.
 * @throws {RateLimitedError} when too many were asked
 * @throws {AppError} `CHANNEL_UNAVAILABLE` when no reply came in time
 */
export async function ask({ web, countQuestion }: AskParts, { session, text }: WebQuestion): Promise<Reply> {
  await countQuestion(session);
  return web.ask(session, text);
}
