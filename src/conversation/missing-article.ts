import type { Knowledge } from '../knowledge/knowledge.ts';
import { createReferenceParser } from '../retrieval/parse-references.ts';
import type { Passage } from '../retrieval/passage.ts';

/** Names the article a question asks for by number when retrieval found none by it: "el artículo 999 del Código…". */
export type FindMissingArticle = (question: string, retrieved: readonly Passage[]) => string | undefined;

/** Another article in its place would be a wrong answer with a true citation, so the gap is said instead. */
export function createFindMissingArticle(knowledge: Knowledge): FindMissingArticle {
  const parse = createReferenceParser(knowledge.norms.values());
  return (question, retrieved) => {
    if (retrieved.some(({ matches }) => matches.includes('reference'))) return undefined;
    const asked = parse(question).references.find(({ articles }) => articles.length > 0);
    if (asked === undefined) return undefined;
    const numbers = asked.articles.join(', ');
    const norm = asked.norms[0] === undefined ? undefined : knowledge.norm(asked.norms[0]);
    const of = norm === undefined ? '' : ` (${norm.shortTitle ?? norm.title})`;
    return `${asked.articles.length > 1 ? 'los artículos' : 'el artículo'} ${numbers}${of}`;
  };
}
