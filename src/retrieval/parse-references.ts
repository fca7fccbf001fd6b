import { fold } from '../knowledge/fold.ts';
import type { Norm } from '../knowledge/unit.ts';
import { type ArticleMention, findArticles } from './find-articles.ts';
import { arrangeNorms, findNorms, type KnownNorms } from './find-norms.ts';
import type { NormMention } from './norm-mention.ts';
import { collectNormNames } from './norm-names.ts';
import { blankOut, mapSpans, type Span } from './spans.ts';
import { terms } from './terms.ts';

/** What a text points at by number or name. */
export interface Reference {
  /** Ids the name can mean, in force first; empty when none was named, or one that we do not hold. */
  readonly norms: readonly string[];
  readonly named: 'number' | 'name' | 'unknown' | 'none';
  /** Article numbers as written, "46" or "19 transitorio"; empty for the norm as a whole. */
  readonly articles: readonly string[];
  /** The norm's name in the text's own words; absent when none was named. */
  readonly said?: string;
}

/** The references of a text and what it says besides. */
export interface ParsedReferences {
  readonly references: readonly Reference[];
  /** True when the text asks about nothing but the references: "¿Qué dice el Decreto 44-2016?" */
  readonly nothingElse: boolean;
}

/** Where a folded text names norms and articles; each list in order. */
export interface Mentions {
  readonly norms: readonly NormMention[];
  readonly articles: readonly ArticleMention[];
}

/** Reads the references in texts; made once from the norms' own numbers, titles and other names. */
export interface ReferenceParser {
  parse(text: string): ParsedReferences;
  /** @param folded see {@link fold} */
  mentions(folded: string): Mentions;
}

/** Prepares reading for many texts. It takes time in step with a text's length, whatever is written in it. */
export function createReferenceParser(norms: Iterable<Norm>): ReferenceParser {
  const known = arrangeNorms(collectNormNames(norms));
  return {
    parse: (text) => {
      const folded = fold(text);
      // Folding a text with marks of its own shortens it: then the folded words must do.
      const written = folded.length === text.length ? text : folded;
      return parse(folded, findMentions(folded, known), ({ start, end }) => written.slice(start, end));
    },
    mentions: (folded) => findMentions(folded, known),
  };
}

function findMentions(folded: string, known: KnownNorms): Mentions {
  const norms = findNorms(folded, known);
  // "el 44-2016" may look like a list of articles when a number of a norm follows "art".
  const numbers = mapSpans(folded.length);
  for (const norm of norms) if (norm.by === 'number') numbers.take(norm);
  const articles = findArticles(folded).filter(({ start }) => numbers.isFree({ start, end: start + 1 }));
  return { norms, articles };
}

function parse(folded: string, { norms, articles }: Mentions, say: (span: Span) => string): ParsedReferences {
  const nothingElse = terms(blankOut(folded, [...norms, ...articles])).every((term) => askingStems.has(term));
  const used = new Set<NormMention>();
  const references: Reference[] = [];
  let next = 0;
  for (const mention of articles) {
    while ((norms[next]?.start ?? folded.length) < mention.end) next += 1;
    const norm = normOf(mention, norms[next - 1], norms[next], folded);
    if (norm === undefined) {
      references.push({ norms: [], named: 'none', articles: mention.articles });
      continue;
    }
    used.add(norm);
    references.push({ norms: norm.norms, named: namedBy(norm), articles: mention.articles, said: say(norm) });
  }
  const left = norms.filter((norm) => !used.has(norm));
  // "La ley de empleo" within a question is a way of speaking, and "ley de refugio" may be a norm that we hold.
  const named = left.filter((norm) => norm.by !== 'kind' || (nothingElse && !norm.familiar));
  references.push(
    ...named.map((norm) => ({ norms: norm.norms, named: namedBy(norm), articles: [], said: say(norm) })),
  );
  return { references, nothingElse: nothingElse && named.length === left.length };
}

function namedBy(norm: NormMention): Reference['named'] {
  return norm.norms.length === 0 || norm.by === 'kind' ? 'unknown' : norm.by;
}

/** The norm an article belongs to: "art. 46 del Código", "Código, art. 46", else the next one, else the one before. */
function normOf(
  article: ArticleMention,
  previous: NormMention | undefined,
  next: NormMention | undefined,
  folded: string,
): NormMention | undefined {
  if (next !== undefined && isLink(folded.slice(article.end, next.start))) return next;
  if (previous !== undefined && isGap(folded.slice(previous.end, article.start))) return previous;
  return next ?? previous;
}

function isLink(between: string): boolean {
  return /^[\s,.]*(?:(?:del?|la|el|los|las|mismo|citado)\s+)*$/.test(between);
}

function isGap(between: string): boolean {
  return /^[\s,.:;()-]*(?:(?:en|su|sus|el|los|al|segun)\s+)*$/.test(between);
}

const askingStems = new Set(
  terms(
    'dice decir habla trata establece dispone regula contenido texto significa explica explicar explique consiste ' +
      'necesito quiero saber conocer muestreme muestra leer ver articulo articulos art norma decreto acuerdo ley dame deme busco vigente',
  ),
);
