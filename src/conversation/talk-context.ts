import { z } from 'zod';
import { languageSchema } from '../knowledge/unit.ts';

const talkContextSchema = z.object({
  /** The last question that stood on its own, in the person's words, personal data masked; empty for none. */
  topic: z.string(),
  /** What was added to it since ("para mi hijo"), masked likewise. */
  detail: z.string().optional(),
  language: languageSchema,
  /**
   * What Orienta waits for: a yes or no to erasing, a number of the menu or of `choices`, or whether the person wants
   * the `rest`. It is dropped when something else is asked.
   */
  pending: z.enum(['erase', 'menu', 'choices', 'more']).optional(),
  /** What the numbers are called, and the questions that they stand for. */
  choices: z.array(z.object({ label: z.string(), ask: z.string() })).optional(),
  /** The encoded reply that was too long to send at once; absent when all was sent. */
  rest: z.string().optional(),
  /**
   * The last reply as it was sent, encoded: to be heard on "audio" where replies can be heard; for staff on Teams the last
   * answer, to be had as a file or as text.
   */
  last: z.string().optional(),
  /** What staff looked up by a word, which "¿y la PGN?" asks for once more; absent when something else was asked. */
  order: z.enum(['norma', 'vigencia', 'responsable', 'acciones']).optional(),
  /** Present when `rest` and `last` are about refuge, danger or where somebody is. */
  sensitive: z.literal(true).optional(),
});

/** What one turn leaves for the next of the same talk. It is short-lived: phones are shared. */
export type TalkContext = Readonly<z.infer<typeof talkContextSchema>>;

/** The context as text, to be kept. */
export function encodeContext(context: TalkContext): string {
  return JSON.stringify(context);
}

/** The context that was kept; undefined when there is none or it is of another shape. */
export function decodeContext(text: string | undefined): TalkContext | undefined {
  if (text === undefined) return undefined;
  const parsed = talkContextSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

/** What the talk is about and its language, with nothing that was waited for. */
export function matterOf(
  before: TalkContext | undefined,
  language: TalkContext['language'],
): Pick<TalkContext, 'topic' | 'detail' | 'language'> {
  const detail = before?.detail;
  return { topic: before?.topic ?? '', ...(detail === undefined ? {} : { detail }), language };
}
