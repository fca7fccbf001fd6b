import { terms } from '../retrieval/terms.ts';

/** Content words below which a question leans on the turn before ("¿y cuánto cuesta?"). */
const LEANING_BELOW = 2;
/** Openings that continue what was being talked about. */
const CONTINUES = /^[¿¡\s]*(y|e|o sea|entonces|and|et|epi|e se)\b/i;

/**
 * The question in full: with the topic of the turn before where this one cannot stand alone.
 * @param before what the turn before was about
 */
export function completeQuestion(text: string, before: string | undefined): string {
  if (before === undefined || before === '') return text;
  const words = new Set(terms(text)).size;
  const leans = words < LEANING_BELOW || (CONTINUES.test(text) && words <= LEANING_BELOW + 1);
  return leans ? `${before} ${text}` : text;
}
