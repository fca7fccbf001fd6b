import type { Span } from './spans.ts';

/** Articles named together: "arts. 43 y 46". */
export interface ArticleMention extends Span {
  readonly articles: readonly string[];
}

const number = '\\d{1,3}(?:\\s(?:bis|ter|quater|transitorio)\\b)?';
const separator = '\\s*(?:,|;|\\by\\b|\\be\\b|\\bo\\b|\\bal\\b|\\ba\\b|-|–|,\\s*y\\b)\\s*';
/** "artículo 46", "arts. 43 y 46", "artículos 43 al 46", and "article", "artigo", "atik" of the other languages. */
const articlePattern = new RegExp(
  `\\b(?:art(?:iculos?|icles?|igos?|s)?|atik|articulo\\s+numero)\\b\\.?\\s*(?:(?:no|num|numero|nro)\\.?\\s*)?` +
    `(${number}(?:${separator}${number}(?![\\d-]))*)(?!\\d)`,
  'g',
);
const longestRange = 20;

/** The articles a folded text names, in order. */
export function findArticles(folded: string): readonly ArticleMention[] {
  return [...folded.matchAll(articlePattern)].map((match) => ({
    articles: listArticles(match[1] ?? ''),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function listArticles(list: string): readonly string[] {
  const articles: string[] = [];
  let previousEnd = 0;
  for (const match of list.matchAll(new RegExp(number, 'g'))) {
    const between = list.slice(previousEnd, match.index).trim();
    const last = Number.parseInt(articles.at(-1) ?? '', 10);
    const next = Number.parseInt(match[0], 10);
    if (['al', 'a', '-', '–'].includes(between) && next > last && next - last <= longestRange) {
      for (let between = last + 1; between < next; between += 1) articles.push(String(between));
    }
    articles.push(match[0].replace(/\s+/g, ' '));
    previousEnd = match.index + match[0].length;
  }
  return articles;
}
