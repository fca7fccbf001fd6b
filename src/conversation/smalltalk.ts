import type { PhraseBook, Phrases } from '../answering/phrases.ts';
import { fold } from '../knowledge/fold.ts';
import { type Language, languageSchema } from '../knowledge/unit.ts';

/** The kinds of courtesy that get a short answer of their own. */
export type CourtesyKind = keyof Phrases['courtesies'];

/** A courtesy as recognised: its kind, and the languages that have it. */
export interface Courtesy {
  readonly kind: CourtesyKind;
  readonly languages: readonly Language[];
}

/** The courtesies of people's messages. */
export interface Courtesies {
  /** What courtesy a message is, the last one where it has several; undefined when it also says something else. */
  find(text: string): Courtesy | undefined;
  /** The message without the courtesies it begins and ends with: "ok, ¿dónde queda?" asks where. */
  strip(text: string): string;
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** @param book whose lists of courtesies, in every language, are recognised */
export function createCourtesies(book: PhraseBook): Courtesies {
  const known = collect(book);
  const longest = Math.max(...[...known.keys()].map((phrase) => phrase.split(' ').length));
  /** How many words from a place on are a courtesy, and which. */
  const at = (said: readonly Word[], place: number) => {
    for (let length = Math.min(longest, said.length - place); length > 0; length -= 1) {
      const courtesy = known.get(join(said.slice(place, place + length)));
      if (courtesy !== undefined) return { length, courtesy };
    }
    return undefined;
  };
  return {
    find: (text) => {
      const said = readWords(fold(text));
      let last: Courtesy | undefined;
      for (let place = 0; place < said.length; ) {
        const next = at(said, place);
        if (next === undefined) return undefined;
        last = next.courtesy;
        place += next.length;
      }
      return last;
    },
    strip: (text) => {
      const folded = fold(text);
      // Folding a text with marks of its own shortens it, and then places differ.
      const written = folded.length === text.length ? text : folded;
      const said = readWords(folded);
      let first = 0;
      for (let next = at(said, first); next !== undefined; next = at(said, first)) first += next.length;
      let end = said.length;
      for (let length = endingAt(said, first, end, known, longest); length > 0; ) {
        end -= length;
        length = endingAt(said, first, end, known, longest);
      }
      const begin = said[first]?.start;
      if (begin === undefined) return '';
      const opening = /[¿¡]\s*$/.exec(written.slice(0, begin))?.[0].length ?? 0;
      const stop = end === said.length ? written.length : (said[end - 1]?.end ?? written.length);
      return written.slice(begin - opening, stop).trim();
    },
  };
}

/** How many words before an end are a courtesy; at least one word in front of it stays. */
function endingAt(
  said: readonly Word[],
  first: number,
  end: number,
  known: ReadonlyMap<string, Courtesy>,
  longest: number,
): number {
  let length = Math.min(longest, end - first - 1);
  while (length > 0 && !known.has(join(said.slice(end - length, end)))) length -= 1;
  return Math.max(0, length);
}

function collect(book: PhraseBook): ReadonlyMap<string, Courtesy> {
  const known = new Map<string, Courtesy>();
  for (const language of languageSchema.options) {
    for (const kind of ['greeting', 'thanks', 'farewell'] as const) {
      for (const phrase of book[language].courtesies[kind]) {
        const plain = join(readWords(fold(phrase)));
        const same = known.get(plain);
        known.set(plain, { kind: same?.kind ?? kind, languages: [...(same?.languages ?? []), language] });
      }
    }
  }
  return known;
}

function join(said: readonly Word[]): string {
  return said.map(({ word }) => word).join(' ');
}

function readWords(folded: string): readonly Word[] {
  return [...folded.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    word: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
