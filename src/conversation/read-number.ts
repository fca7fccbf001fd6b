import type { PhraseBook } from '../answering/phrases.ts';
import { languageSchema } from '../knowledge/unit.ts';
import { words } from '../retrieval/terms.ts';

/** Which number a message is, as a whole: "2", "dos", "la segunda", "opción 2"; undefined when it says more. */
export type ReadNumber = (text: string) => number | undefined;

/** @param book whose words for numbers, in every language, are recognised */
export function createReadNumber(book: PhraseBook): ReadNumber {
  const numbers = new Map<string, number>();
  const beside = new Set<string>();
  for (const language of languageSchema.options) {
    for (const [index, said] of book[language].numbers.entries()) {
      for (const word of said) numbers.set(word, index + 1);
    }
    for (const word of book[language].besideNumber) beside.add(word);
  }
  const read = (word: string) => (/^\d{1,2}$/.test(word) ? Number(word) : numbers.get(word));
  return (text) => {
    const said = words(text);
    // "De" alone is a Haitian two, so words are put aside only where there are several.
    const telling = said.length > 1 ? said.filter((word) => !beside.has(word)) : said;
    const [only] = telling;
    return only === undefined || telling.length > 1 ? undefined : read(only);
  };
}
