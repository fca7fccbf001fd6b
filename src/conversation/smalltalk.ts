import type { PhraseBook, Phrases } from '../answering/phrases.ts';
import { languageSchema } from '../knowledge/unit.ts';
import { words } from '../retrieval/terms.ts';

/** The kinds of courtesy that get a short answer of their own. */
export type Courtesy = keyof Phrases['courtesies'];

/** Tells what courtesy a message is, or undefined when it also says something else. */
export type FindCourtesy = (text: string) => Courtesy | undefined;

/** @param book whose lists of courtesies, in every language, are recognised */
export function createFindCourtesy(book: PhraseBook): FindCourtesy {
  const known = new Map<string, Courtesy>();
  for (const language of languageSchema.options) {
    const { greeting, thanks, farewell } = book[language].courtesies;
    for (const phrase of greeting) known.set(plain(phrase), 'greeting');
    for (const phrase of thanks) known.set(plain(phrase), 'thanks');
    for (const phrase of farewell) known.set(plain(phrase), 'farewell');
  }
  const longest = Math.max(...[...known.keys()].map((phrase) => phrase.split(' ').length));
  return (text) => readCourtesies(words(text), known, longest);
}

/** Folded words apart by one space, so that case, accents and signs make no difference. */
function plain(phrase: string): string {
  return words(phrase).join(' ');
}

/** Takes the longest known courtesy from the front until nothing is left; anything unknown means that it is no courtesy. */
function readCourtesies(
  message: readonly string[],
  known: ReadonlyMap<string, Courtesy>,
  longest: number,
): Courtesy | undefined {
  let last: Courtesy | undefined;
  let at = 0;
  while (at < message.length) {
    let length = Math.min(longest, message.length - at);
    while (length > 0 && !known.has(message.slice(at, at + length).join(' '))) length--;
    if (length === 0) return undefined;
    last = known.get(message.slice(at, at + length).join(' '));
    at += length;
  }
  return last;
}
