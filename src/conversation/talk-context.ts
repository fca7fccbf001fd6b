import { z } from 'zod';
import { languageSchema } from '../knowledge/unit.ts';

const talkContextSchema = z.object({
  /** What was searched for, as the person's words in full, personal data masked. */
  topic: z.string(),
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
