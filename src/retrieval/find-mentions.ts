import { findCodes, type NormNames, sameCode } from './norm-names.ts';
import { isStopWord, stem } from './terms.ts';

/** Where something stands in the folded text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A norm named in a text. No id: a norm is named, and it is none that we hold. */
export interface NormMention extends Span {
  /** Those the name can mean, in force first. */
  readonly norms: readonly string[];
  readonly by: 'number' | 'name';
}

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

/** The norms a folded text names by number or by name, in order; where two names overlap the longer one counts. */
export function findNorms(folded: string, known: readonly NormNames[]): readonly NormMention[] {
  const byNumber = findCodes(folded).map(
    (code): NormMention => ({
      norms: inForceFirst(known.filter(({ codes }) => codes.some((other) => sameCode(code, other)))),
      by: 'number',
      start: code.start,
      end: code.end,
    }),
  );
  const named = byNumber.filter(
    ({ norms, start, end }) => norms.length > 0 || /[a-z]/.test(folded.slice(start, end)),
  );
  const byName = findNames(folded, known).filter((name) => !named.some((code) => overlap(name, code)));
  return [...named, ...byName].sort((a, b) => a.start - b.start);
}

function findNames(folded: string, known: readonly NormNames[]): readonly NormMention[] {
  const tokens = [...folded.matchAll(/[\p{L}\p{N}]+/gu)]
    .filter(([word]) => !isStopWord(word))
    .map((match) => ({ stem: stem(match[0]), start: match.index, end: match.index + match[0].length }));
  const hits = new Map<string, { span: Span; length: number; norms: NormNames[] }>();
  for (const norm of known) {
    for (const name of norm.names) {
      tokens.forEach((token, at) => {
        if (!name.every((part, k) => tokens[at + k]?.stem === part)) return;
        const span = { start: token.start, end: tokens[at + name.length - 1]?.end ?? token.end };
        const key = `${span.start}-${span.end}`;
        const hit = hits.get(key) ?? { span, length: name.length, norms: [] };
        if (!hit.norms.includes(norm)) hit.norms.push(norm);
        hits.set(key, hit);
      });
    }
  }
  const mentions: NormMention[] = [];
  for (const { span, norms } of [...hits.values()].sort((a, b) => b.length - a.length)) {
    if (mentions.some((other) => overlap(span, other))) continue;
    mentions.push({ ...span, norms: inForceFirst(norms), by: 'name' });
  }
  return mentions;
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function inForceFirst(norms: readonly NormNames[]): readonly string[] {
  return [...norms].sort((a, b) => Number(b.inForce) - Number(a.inForce)).map(({ id }) => id);
}
