import { z } from 'zod';
import { Citation } from '../answering/citation.ts';
import type { Reply } from '../channels/channel.ts';
import { languageSchema, type Unit } from '../knowledge/unit.ts';
import { Passage } from '../retrieval/passage.ts';

/** A reply as it rests in the outbox. What retrieval found stays behind: nobody delivers it. */
const replySchema = z.object({
  inReplyTo: z.string().optional(),
  kind: z.enum(['answer', 'clarify', 'declined', 'emergency', 'handoff', 'command', 'smalltalk']),
  language: languageSchema,
  blocks: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('paragraph'), text: z.string() }),
      z.object({
        kind: z.literal('list'),
        title: z.string().optional(),
        ordered: z.boolean(),
        items: z.array(z.string()),
      }),
      z.object({ kind: z.literal('notice'), text: z.string() }),
    ]),
  ),
  citations: z.array(z.object({ unit: z.string(), label: z.string(), url: z.string() })),
});

/** Replies to text and back. */
export interface ReplyCodec {
  encode(reply: Reply): string;
  decode(text: string): Reply;
}

/** @param unitById finds what a citation points at; a unit that went meanwhile leaves its label and link as a notice */
export function createReplyCodec(unitById: (id: string) => Unit | undefined): ReplyCodec {
  return {
    encode: ({ inReplyTo, kind, language, blocks, citations }) =>
      JSON.stringify({
        inReplyTo,
        kind,
        language,
        blocks,
        citations: citations.map(({ unit, label, url }) => ({ unit, label, url })),
      }),
    decode(text) {
      const { inReplyTo, kind, language, blocks, citations } = replySchema.parse(JSON.parse(text));
      const cited: Citation[] = [];
      const orphans: Reply['blocks'][number][] = [];
      for (const { unit: id, label, url } of citations) {
        const unit = unitById(id);
        if (unit === undefined) orphans.push({ kind: 'notice', text: `${label}: ${url}` });
        else cited.push(Citation.of(new Passage(unit, 1, []), label, url));
      }
      return {
        ...(inReplyTo === undefined ? {} : { inReplyTo }),
        kind,
        language,
        blocks: [...blocks.map(withoutAbsentTitle), ...orphans],
        citations: cited,
        retrieved: [],
      };
    },
  };
}

function withoutAbsentTitle(block: z.output<typeof replySchema>['blocks'][number]): Reply['blocks'][number] {
  if (block.kind !== 'list') return block;
  const { title, ordered, items } = block;
  return title === undefined ? { kind: 'list', ordered, items } : { kind: 'list', title, ordered, items };
}
