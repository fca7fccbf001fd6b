import { z } from 'zod';
import { languageSchema } from '../knowledge/unit.ts';

const talkContextSchema = z.object({
  /** The last question that stood on its own, in the person's words, personal data masked; empty for none. */
  topic: z.string(),
  /** What was added to it since ("para mi hijo"), masked likewise. */
  detail: z.string().optional(),
  language: languageSchema,
  /** The question that Orienta asked and waits for a yes or no to. */
  pending: z.literal('erase').optional(),
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
