import type { Knowledge } from '../knowledge/knowledge.ts';
import type { MissingReference } from '../retrieval/find-references.ts';
import { fill, type Phrases } from './phrases.ts';

/** What was asked for by number or name and is not held. */
export interface Missing {
  /** Numbers as asked; empty when a norm as a whole was. */
  readonly articles: readonly string[];
  /** The norm's name; absent when none was said. */
  readonly norm?: string;
}

/** One sentence that says what is not held. */
export function missingWords({ articles, norm }: Missing, phrases: Phrases): string {
  if (articles.length === 0) return fill(phrases.declinedNorm, { norma: norm ?? '' });
  const word = articles.length > 1 ? phrases.articles : phrases.article;
  const named = fill(word, { numero: articles.join(', ') });
  return fill(phrases.declinedArticle, { articulo: norm === undefined ? named : `${named} (${norm})` });
}

/** A sentence for each norm of which articles were asked for that are not held. */
export function missingArticles(
  missing: readonly MissingReference[],
  knowledge: Knowledge,
  phrases: Phrases,
): readonly string[] {
  const byNorm = new Map<string | undefined, Set<string>>();
  for (const { norm: id, said, article } of missing) {
    if (article === '*') continue;
    const norm = id === undefined ? undefined : knowledge.norm(id);
    const name = norm?.shortTitle ?? norm?.title ?? said;
    byNorm.set(name, (byNorm.get(name) ?? new Set()).add(article));
  }
  return [...byNorm].map(([norm, articles]) =>
    missingWords({ articles: [...articles], ...(norm === undefined ? {} : { norm }) }, phrases),
  );
}
