import type { Block, TableBlock } from '../../answering/answer.ts';
import type { ShownCitation } from '../../answering/citation.ts';
import { assertNever } from '../../errors.ts';
import type { Reply } from '../channel.ts';
import { reviewWords } from './card-words.ts';
import { escapeMarkdown, markdownLink } from './escape-markdown.ts';

/** The reply in the Markdown that Teams shows: paragraphs, lists, notices in italics, then the citations as links. */
export function renderMarkdown(reply: Pick<Reply, 'blocks' | 'citations'>): string {
  const parts = reply.blocks.map(renderBlock);
  if (reply.citations.length > 0) parts.push(renderSources(reply.citations));
  return parts.join('\n\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      // Teams joins lines unless two spaces end them.
      return escapeMarkdown(block.text).replaceAll('\n', '  \n');
    case 'notice':
      return `*${oneLine(block.text)}*`;
    case 'list': {
      const mark = (index: number): string => (block.ordered ? `${(block.start ?? 1) + index}.` : '-');
      const items = block.items.map((item, index) => `${mark(index)} ${oneLine(item)}`).join('\n');
      return block.title === undefined ? items : `${oneLine(block.title)}\n\n${items}`;
    }
    case 'table':
      return renderTable(block);
    default:
      return assertNever(block);
  }
}

function renderTable({ title, columns, rows }: TableBlock): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  const table = [line(columns), `|${' --- |'.repeat(columns.length)}`, ...rows.map(line)].join('\n');
  return title === undefined ? table : `${oneLine(title)}\n\n${table}`;
}

function renderSources(citations: readonly ShownCitation[]): string {
  const lines = citations.map(
    (citation) =>
      `${markdownLink(citation.label, citation.url)} — ${escapeMarkdown([citation.stateWords, reviewWords(citation.review)].filter(Boolean).join('; '))}`,
  );
  return lines.length === 1
    ? `Citas: ${lines[0]}`
    : ['Citas:', '', ...lines.map((line) => `- ${line}`)].join('\n');
}

function oneLine(text: string): string {
  return escapeMarkdown(text.trim().replace(/\s*\n\s*/g, ' '));
}
