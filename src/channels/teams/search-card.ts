import type { CompendiumHit } from '../compendium-search.ts';
import { type AdaptiveCard, adaptiveCard, textBlock } from './card-elements.ts';
import { cardLine, cardLink } from './card-text.ts';
import { capital, reviewWords } from './card-words.ts';

/** A hit as Teams takes it: the line in the list, and the card that choosing it puts into the message. */
export interface SearchAttachment {
  readonly contentType: 'application/vnd.microsoft.card.adaptive';
  readonly content: AdaptiveCard;
  readonly preview: {
    readonly contentType: 'application/vnd.microsoft.card.thumbnail';
    readonly content: { readonly title: string; readonly text: string };
  };
}

/** Characters of the second line of a preview that Teams shows. */
const LONGEST_PREVIEW = 160;
const MOST_SOURCES = 3;
const STAFF_ONLY = 'Ficha de uso interno: su texto no se comparte desde aquí.';

/** One hit, with its link, what it says, its validity and its source. */
export function searchAttachment(hit: CompendiumHit): SearchAttachment {
  const title = heading(hit);
  const text = shortened([stateLine(hit), ...hit.words].join(' '));
  return {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: citationCard(hit),
    preview: {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      // Teams reads previews as HTML.
      content: { title: escapeHtml(title), text: escapeHtml(text) },
    },
  };
}

function citationCard(hit: CompendiumHit): AdaptiveCard {
  const { citation, words, sources } = hit;
  const isGone = citation.validity.status === 'derogado' || citation.validity.status === 'anulado';
  const said = words.length === 0 ? [STAFF_ONLY] : words;
  const source = sources.length === 0 ? '' : ` Fuentes: ${sources.slice(0, MOST_SOURCES).join(', ')}.`;
  const plain = [heading(hit), stateLine(hit), ...said, citation.url].join('\n');
  return adaptiveCard(
    [
      textBlock(words.length === 0 ? cardLine(heading(hit)) : cardLink(heading(hit), citation.url), {
        weight: 'bolder',
      }),
      textBlock(cardLine(stateLine(hit)), {
        size: 'small',
        spacing: 'none',
        ...(isGone ? { color: 'attention' as const } : { isSubtle: true as const }),
      }),
      ...said.map((sentence) => textBlock(cardLine(sentence), { spacing: 'small' })),
      textBlock(cardLine(`${capital(reviewWords(citation.review))}.${source}`), {
        size: 'small',
        isSubtle: true,
        spacing: 'small',
      }),
    ],
    { fallbackText: plain, speak: heading(hit) },
  );
}

/** "Código de Migración, artículo 46: No devolución"; a whole norm, and what is cited by its title, are named already. */
function heading({ citation, title }: CompendiumHit): string {
  return citation.article === '*' || citation.label.includes(title)
    ? citation.label
    : `${citation.label}: ${title}`;
}

/** Guides and directory entries are never in force. */
function stateLine({ citation }: CompendiumHit): string {
  return citation.stateWords === undefined ? 'Guía o directorio.' : `${capital(citation.stateWords)}.`;
}

function shortened(text: string): string {
  return text.length <= LONGEST_PREVIEW ? text : `${text.slice(0, LONGEST_PREVIEW - 1).trimEnd()}…`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
