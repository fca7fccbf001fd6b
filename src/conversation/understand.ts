import { terms } from '../retrieval/terms.ts';
import type { RememberedTurn } from './memory.ts';

/** Content words below which a question leans on the turn before ("¿y cuánto cuesta?"). */
const LEANING_BELOW = 2;
/** Openings that continue what was being talked about. */
const CONTINUES = /^[¿¡\s]*(y|e|o sea|entonces|and|et|epi|e se)\b/i;

/** The question in full: with the topic of the turn before where this one cannot stand alone. */
export function completeQuestion(text: string, before: RememberedTurn | undefined): string {
  if (before === undefined) return text;
  const words = new Set(terms(text)).size;
  const leans = words < LEANING_BELOW || (CONTINUES.test(text) && words <= LEANING_BELOW + 1);
  return leans ? `${before.topic} ${text}` : text;
}
