import { stemmer } from '@orama/stemmers/spanish';
import { fold } from '../knowledge/fold.ts';
import { stopWords } from './stop-words.ts';

/** The folded words and numbers of a text, in order. */
export function words(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const memoLimit = 50_000;
const memo = new Map<string, string>();

/** The Snowball stem of a folded word, without accents. */
export function stem(word: string): string {
  const known = memo.get(word);
  if (known !== undefined) return known;
  // Snowball knows "-ción" but not "-cion", and people leave the accent out: "migracion" must meet "migraciones".
  const stemmed = fold(stemmer(word.replace(/([cs])ion$/, '$1ión')));
  // Words of strangers pass through here for as long as the process lives.
  if (memo.size >= memoLimit) memo.clear();
  memo.set(word, stemmed);
  return stemmed;
}

/** True for a folded word that carries no topic; a letter or digit alone never does. */
export function isStopWord(word: string): boolean {
  return word.length === 1 || stopWords.has(word);
}

/** The stems of the words that carry a topic, in order, repeats kept. */
export function terms(text: string): readonly string[] {
  return words(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
}
