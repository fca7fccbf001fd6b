import { z } from 'zod';
import type { InboundActivity } from './activity.ts';

const mentionSchema = z.looseObject({
  type: z.string().regex(/^mention$/i),
  text: z.string().min(1),
  mentioned: z.looseObject({ id: z.string() }),
});

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * What the person wrote, without the markup of mentions and with HTML entities decoded; empty when nothing is left.
 * botbuilder's `removeRecipientMention` takes out only the first mention and throws on an entity without a type.
 */
export function plainText(activity: InboundActivity): string {
  const withoutBot = removeMentionsOf(activity.recipient.id, activity);
  const withoutTags = withoutBot.replace(/<at\b[^<>]*>([^<]*)<\/at>/gi, (_tag, name: string) =>
    name === activity.recipient.name ? ' ' : name,
  );
  return decodeEntities(withoutTags)
    .replace(/\u00a0/g, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\r?\n ?/g, '\n')
    .trim();
}

function removeMentionsOf(id: string, activity: InboundActivity): string {
  const mentions = (activity.entities ?? []).map((entity) => mentionSchema.safeParse(entity));
  return mentions
    .flatMap((parsed) => (parsed.success && parsed.data.mentioned.id === id ? [parsed.data.text] : []))
    .reduce((text, mention) => text.replaceAll(mention, ' '), activity.text ?? '');
}

/** In one pass, so that what a person typed as `&lt;` and the platform sent as `&amp;lt;` stays `&lt;`. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
