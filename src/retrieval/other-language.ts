import { stopWordsOf } from './stop-words.ts';
import { words } from './terms.ts';

const others = (['en', 'pt', 'fr', 'ht'] as const).map((language) => stopWordsOf[language]);

/**
 * True when a text has more of the small words of some other language than of Spanish. It is for weighing what was
 * found; the language to answer in is told with more care by the conversation.
 */
export function isOtherLanguage(text: string): boolean {
  const said = words(text);
  const count = (small: ReadonlySet<string>) => said.filter((word) => small.has(word)).length;
  return Math.max(...others.map(count)) > count(stopWordsOf.es);
}
