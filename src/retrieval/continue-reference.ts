import { fold } from '../knowledge/fold.ts';
import type { Norm } from '../knowledge/unit.ts';
import { createReferenceParser } from './parse-references.ts';

/**
 * A question that names an article but no norm, put in full from the question before: "¿y el artículo 43?" after
 * "art. 46 del código", or "y el 47". Undefined when the text is nothing of the kind, or the question before gives
 * no norm.
 */
export type ContinueReference = (text: string, before: string) => string | undefined;

/** "y el 47", "and 47?", "¿y 47 y 48?" */
const bareNumber =
  /^\W*(?:(?:y|e|and|et|o|ou|epi|tambien|del|de|el|la|los|las|que|dice|con)\s+)*(\d{1,3}(?:\s(?:bis|ter)\b)?)\W*$/;

/** Prepares reading for many questions. */
export function createContinueReference(norms: Iterable<Norm>): ContinueReference {
  const parser = createReferenceParser(norms);
  return (text, before) => {
    const folded = fold(text);
    const now = parser.mentions(folded);
    if (now.norms.length > 0) return undefined;
    const foldedBefore = fold(before);
    const then = parser.mentions(foldedBefore);
    const articles = now.articles.flatMap((mention) => mention.articles);
    const number = bareNumber.exec(folded)?.[1];
    const goesOn = articles.length === 0 && number !== undefined && then.articles.length > 0;
    if (goesOn) articles.push(number);
    if (articles.length === 0) return undefined;
    const asked = `articulos ${articles.join(', ')}`;
    const norm = then.norms.at(-1);
    if (norm !== undefined) return `${asked} de ${foldedBefore.slice(norm.start, norm.end)}`;
    return goesOn ? asked : undefined;
  };
}
