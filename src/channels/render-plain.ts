import type { Block } from '../answering/answer.ts';
import type { ShownCitation } from '../answering/citation.ts';
import type { Language } from '../knowledge/unit.ts';
import type { Reply } from './channel.ts';
import { tableList } from './table-list.ts';

/** What stands before the citations, in the person's language. */
export const SAYS_SO: Readonly<Record<Language, string>> = {
  es: 'Lo dice:',
  en: 'Source:',
  pt: 'Fonte:',
  fr: 'Source :',
  ht: 'Sous:',
};

/** How a channel without markup shows a reply. */
export interface PlainOptions {
  /** Whether citations carry their address; false where people cannot open links. */
  readonly links: boolean;
}

/** The reply as plain text: blocks apart by a blank line, what it rests on at the end. */
export function renderPlain(reply: Reply, options: PlainOptions): string {
  const parts = reply.blocks.map(renderBlock);
  if (reply.citations.length > 0) parts.push(renderSources(reply, options));
  return parts.join('\n\n');
}

function renderBlock(block: Block): string {
  if (block.kind === 'table') return renderBlock(tableList(block));
  if (block.kind !== 'list') return block.text;
  const first = block.start ?? 1;
  const items = block.items.map((item, index) => (block.ordered ? `${first + index}. ${item}` : `• ${item}`));
  return [...(block.title === undefined ? [] : [block.title]), ...items].join('\n');
}

function renderSources({ citations, language }: Reply, options: PlainOptions): string {
  const lines = citations.map((citation: ShownCitation) => {
    const state = citation.stateWords === undefined ? '' : ` (${citation.stateWords})`;
    const line = `• ${citation.label}${state}`;
    return options.links ? `${line}: ${citation.url}` : line;
  });
  return [SAYS_SO[language], ...lines].join('\n');
}
