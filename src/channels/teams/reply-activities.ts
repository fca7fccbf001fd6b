import type { Reply } from '../channel.ts';
import { splitText } from '../split-text.ts';
import type { AdaptiveCard } from './card-elements.ts';
import { renderCard } from './render-card.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { OutboundActivity } from './teams-adapter.ts';

/**
 * Teams refuses messages above about 100 KB, counted in UTF-16 with the HTML it makes of the Markdown and the envelope
 * around it. 20,000 units are 40 KB, and twice that still passes.
 */
export const MAX_TEXT_LENGTH = 20_000;

/** The messages of a reply: one card where there is one, else its text, never both. @param legal whether it can be asked */
export function replyActivities(reply: Reply, legal: boolean): readonly OutboundActivity[] {
  const card = renderCard(reply, { legal });
  return card === undefined ? textActivities(reply) : [cardActivity(card)];
}

/** A message that is a card and nothing else. */
export function cardActivity(card: AdaptiveCard): OutboundActivity {
  return {
    type: 'message',
    summary: card.speak,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

/** Messages of Markdown, each short enough. */
export function textActivities(reply: Pick<Reply, 'blocks' | 'citations'>): readonly OutboundActivity[] {
  return splitText(renderMarkdown(reply), MAX_TEXT_LENGTH).map((text) => ({
    type: 'message',
    textFormat: 'markdown',
    text,
  }));
}
