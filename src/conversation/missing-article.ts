import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Audience } from '../knowledge/unit.ts';
import type { ReferenceFinder } from '../retrieval/find-references.ts';
import type { Passage } from '../retrieval/passage.ts';

/** What a question names by number and Orienta does not hold. */
export interface MissingArticle {
  /** Numbers as asked; empty when a norm as a whole was. */
  readonly articles: readonly string[];
  /** The norm's name, in the question's own words where it is none that we know; absent when none was said. */
  readonly norm?: string;
}

/** Tells what a question names that retrieval found nothing by; undefined when nothing is missing. */
export type FindMissingArticle = (
  question: string,
  audience: Audience,
  retrieved: readonly Passage[],
) => MissingArticle | undefined;

/** Another article in its place would be a wrong answer with a true citation, so the gap is said instead. */
export function createFindMissingArticle(
  knowledge: Knowledge,
  findReferences: ReferenceFinder,
): FindMissingArticle {
  return (question, audience, retrieved) => {
    if (retrieved.some(({ matches }) => matches.includes('reference'))) return undefined;
    const { missing } = findReferences(question, audience);
    const first = missing.find(({ article }) => article !== '*') ?? missing[0];
    if (first === undefined) return undefined;
    const articles = missing
      .filter(({ norm, said, article }) => norm === first.norm && said === first.said && article !== '*')
      .map(({ article }) => article);
    const held = first.norm === undefined ? undefined : knowledge.norm(first.norm);
    const norm = held?.shortTitle ?? held?.title ?? first.said;
    if (articles.length === 0 && norm === undefined) return undefined;
    return { articles: [...new Set(articles)], ...(norm === undefined ? {} : { norm }) };
  };
}
