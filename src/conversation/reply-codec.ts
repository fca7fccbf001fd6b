import { z } from 'zod';
import type { Reply } from '../channels/channel.ts';
import { languageSchema, reviewSchema, validitySchema } from '../knowledge/unit.ts';

/** What every block may say of itself. */
const spoken = {
  lang: z.exactOptional(languageSchema),
  worth: z.exactOptional(z.enum(['warning', 'lead', 'aside'])),
  unit: z.exactOptional(z.string()),
};
const brief = z.exactOptional(z.string());
const listSchema = z.object({
  kind: z.literal('list'),
  title: z.exactOptional(z.string()),
  ordered: z.boolean(),
  start: z.exactOptional(z.number()),
  items: z.array(z.string()),
  ...spoken,
});
const blockSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('paragraph'),
    text: z.string(),
    brief,
    statements: z.exactOptional(z.array(z.string())),
    later: z.exactOptional(listSchema),
    ...spoken,
  }),
  listSchema,
  z.object({
    kind: z.literal('table'),
    title: z.exactOptional(z.string()),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    rowUnits: z.exactOptional(z.array(z.string())),
    ...spoken,
  }),
  z.object({ kind: z.literal('notice'), text: z.string(), brief, ...spoken }),
]);

const replySchema = z.object({
  inReplyTo: z.exactOptional(z.string()),
  turn: z.exactOptional(z.string()),
  asks: z.exactOptional(z.string()),
  kind: z.enum(['answer', 'clarify', 'declined', 'emergency', 'handoff', 'command', 'smalltalk']),
  language: languageSchema,
  blocks: z.array(blockSchema),
  citations: z.array(
    z.object({
      unit: z.string(),
      norm: z.string(),
      article: z.string(),
      label: z.string(),
      url: z.string(),
      validity: validitySchema,
      review: reviewSchema,
      stateWords: z.string().optional(),
      wording: z.exactOptional(z.object({ statements: z.array(z.string()), sources: z.array(z.string()) })),
      actions: z.exactOptional(
        z.array(
          z.object({
            title: z.string(),
            responsible: z.exactOptional(z.string()),
            linked: z.array(z.string()),
          }),
        ),
      ),
    }),
  ),
  place: z.exactOptional(z.enum(['first', 'middle', 'last'])),
  spoken: z.exactOptional(z.object({ recording: z.exactOptional(z.string()) })),
});

/** A reply as it rests in the outbox. */
export function encodeReply(reply: Reply): string {
  return JSON.stringify(reply);
}

/** The reply that was put in the outbox. @throws {Error} when the text is none */
export function decodeReply(text: string): Reply {
  return replySchema.parse(JSON.parse(text));
}
