import type { Block } from '../answering/answer.ts';
import type { Language } from '../knowledge/unit.ts';
import type { Reply } from './channel.ts';
import { sourceLink, sourcesLine } from './render-whatsapp-sources.ts';
import { bold, plainWords } from './render-whatsapp-text.ts';
import { splitText } from './split-text.ts';
import { tableList } from './table-list.ts';

/** Longest message to a phone, in UTF-16 code units: what a small screen shows in two looks. */
export const LONGEST_MESSAGE = 900;

/** How a person asks for what was left out. */
const MORE: Readonly<Record<Language, string>> = {
  es: 'Escriba 1 para ver más.',
  en: 'Write 1 to see more.',
  pt: 'Escreva 1 para ver mais.',
  fr: 'Écrivez 1 pour en voir plus.',
  ht: 'Ekri 1 pou wè plis.',
};
/** "Atención:", which is to be seen first. */
const HEADING = /^[^\s:]{1,20}(?: [^\s:]{1,20})?:(?=\s)/;

/**
 * The reply as WhatsApp messages of at most {@link LONGEST_MESSAGE}, in the order in which they are sent: what is said,
 * what it rests on, and how to ask for more. It is one message unless the reply is longer than `condense` leaves it.
 */
export function renderWhatsApp(reply: Reply): readonly string[] {
  return splitText(whatsAppText(reply), LONGEST_MESSAGE);
}

/** All that the messages of a reply say, as one text. */
export function whatsAppText(reply: Reply): string {
  const sources = [sourcesLine(reply), sourceLink(reply)].filter((line) => line !== undefined);
  return [
    ...reply.blocks.map(renderBlock),
    sources.join('\n'),
    reply.place === 'first' || reply.place === 'middle' ? MORE[reply.language] : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderBlock(block: Block): string {
  if (block.kind === 'table') return renderBlock(tableList(block));
  if (block.kind !== 'list') {
    const text = block.brief ?? block.text;
    const heading = block.worth === 'warning' ? HEADING.exec(text)?.[0] : undefined;
    if (heading === undefined) return plainWords(text);
    return `${bold(heading)}${plainWords(text.slice(heading.length))}`;
  }
  const { title = '', ordered, start = 1, items } = block;
  const marked = items.map((item, index) => plainWords(ordered ? `${start + index}. ${item}` : `• ${item}`));
  return [bold(title), ...marked].filter((line) => line !== '').join('\n');
}
