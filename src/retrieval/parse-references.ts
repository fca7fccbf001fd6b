import type { Norm } from '../knowledge/unit.ts';
import {
  type ArticleMention,
  findArticles,
  findNorms,
  type NormMention,
  type Span,
} from './find-mentions.ts';
import { collectNormNames, type NormNames } from './norm-names.ts';
import { fold, terms } from './terms.ts';

/** What a text points at by number or name. */
export interface Reference {
  /** Ids the name can mean, in force first; empty when none was named, or one that we do not hold. */
  readonly norms: readonly string[];
  readonly named: 'number' | 'name' | 'unknown' | 'none';
  /** Article numbers as written, "46" or "19 transitorio"; empty for the norm as a whole. */
  readonly articles: readonly string[];
}

/** The references of a text and what it says besides. */
export interface ParsedReferences {
  readonly references: readonly Reference[];
  /** True when the text asks about nothing but the references: "¿Qué dice el Decreto 44-2016?" */
  readonly nothingElse: boolean;
}

/** Reads the references in texts; made once from the norms' own numbers, titles and other names. */
export type ReferenceParser = (text: string) => ParsedReferences;

/** Prepares {@link parseReferences} for many texts. */
export function createReferenceParser(norms: Iterable<Norm>): ReferenceParser {
  const known = collectNormNames(norms);
  return (text) => parse(fold(text), known);
}

/** Finds the norms and articles a text names; "Código de Migración, arts. 43 y 46", "Decreto 95-98". */
export function parseReferences(text: string, norms: Iterable<Norm>): ParsedReferences {
  return createReferenceParser(norms)(text);
}

function parse(folded: string, known: readonly NormNames[]): ParsedReferences {
  const norms = findNorms(folded, known);
  // "el 44-2016" may look like a list of articles when a number of a norm follows "art".
  const articles = findArticles(folded).filter(
    (mention) =>
      !norms.some((norm) => norm.by === 'number' && norm.start < mention.start && norm.end > mention.start),
  );
  const used = new Set<NormMention>();
  const references = articles.map((mention): Reference => {
    const norm = normOf(mention, norms, folded);
    if (norm !== undefined) used.add(norm);
    const unknown =
      norm === undefined ? namesUnknownNorm(folded.slice(mention.end)) : norm.norms.length === 0;
    return {
      norms: norm?.norms ?? [],
      named: unknown ? 'unknown' : (norm?.by ?? 'none'),
      articles: mention.articles,
    };
  });
  for (const norm of norms) {
    if (used.has(norm)) continue;
    references.push({
      norms: norm.norms,
      named: norm.norms.length === 0 ? 'unknown' : norm.by,
      articles: [],
    });
  }
  const rest = blankOut(folded, [...norms, ...articles]);
  return { references, nothingElse: terms(rest).every((term) => askingStems.has(term)) };
}

/** The norm an article belongs to: "art. 46 del Código", "Código, art. 46", else the next one, else the one before. */
function normOf(
  article: ArticleMention,
  norms: readonly NormMention[],
  folded: string,
): NormMention | undefined {
  const next = norms.find(({ start }) => start >= article.end);
  const previous = norms.findLast(({ end }) => end <= article.start);
  if (next !== undefined && isLink(folded.slice(article.end, next.start))) return next;
  if (previous !== undefined && isGap(folded.slice(previous.end, article.start))) return previous;
  return next ?? previous;
}

function isLink(between: string): boolean {
  return /^[\s,.]*(?:(?:del?|de la|de el|la|el|mismo|citado)\s+)*$/.test(between);
}

function isGap(between: string): boolean {
  return /^[\s,.:;()-]*(?:(?:en|su|sus|el|los|al|segun)\s+)*$/.test(between);
}

const unknownNorm =
  /^[\s,.]*(?:del|de la|de el|de)\s+(?:ley|codigo|reglamento|convenio|convencion|tratado|estatuto|protocolo)\s+(?:(?:del?|de la|de los|de las)\s+)?(\p{L}+)/u;
const afterKnownNorm = new Set([
  'dice',
  'dicen',
  'habla',
  'establece',
  'regula',
  'senala',
  'menciona',
  'que',
  'sobre',
  'y',
  'para',
]);

/** "artículo 5 de la Ley de Tránsito" names a norm, though none that we hold; "del código" alone does not. */
function namesUnknownNorm(after: string): boolean {
  const word = unknownNorm.exec(after)?.[1];
  return word !== undefined && !afterKnownNorm.has(word);
}

const askingStems = new Set(
  terms(
    'dice decir habla trata establece dispone regula contenido texto significa explica explicar explique consiste ' +
      'necesito quiero saber conocer muestreme muestra leer ver articulo articulos art norma decreto acuerdo ley dame deme busco vigente',
  ),
);

function blankOut(folded: string, spans: readonly Span[]): string {
  return spans.reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    folded,
  );
}
