import type { Language } from '../knowledge/unit.ts';
import { type Circumstances, createReadCircumstances, touches } from './circumstances.ts';
import { type DangerBook, type DangerEntry, type DangerId, LANGUAGES, type Signs } from './danger-book.ts';
import { createSpell, readMessy } from './messy-writing.ts';
import { createSignIndex, type Found, type Span } from './sign-index.ts';
import { parsePattern } from './sign-pattern.ts';
import { readWordLists } from './word-lists.ts';

/** A danger that somebody is in as they write. */
export interface Danger {
  readonly id: DangerId;
  /** The language that tells it; the one asked for where that one does too. */
  readonly language: Language;
}

/** Tells whether a message speaks of present danger. */
export interface Triage {
  /**
   * The danger that somebody, or a person beside them, is in now. What is denied, only supposed, long over or told of
   * others without haste is none. Of several the first in `precedence` of reading.yaml counts.
   * @param language the language it is probably written in; signs of all languages count
   */
  find(text: string, language?: Language): Danger | undefined;
  /** Whether a text, which may be a fragment of a message, must not wait: {@link Triage.find} finds something in it. */
  isUrgent(text: string): boolean;
}

interface Sign {
  readonly danger: DangerEntry;
  readonly language: Language;
  readonly told: keyof Signs;
}

/** Prepares all signs to be looked for at once. @throws {PatternFault} never for a book that was loaded */
export function createTriage({ dangers, reading }: DangerBook): Triage {
  const spell = createSpell(reading.shorthand);
  const readers = LANGUAGES.map((language) => {
    const rules = reading.languages[language];
    const words = readWordLists(rules, spell);
    return { language, words, read: createReadCircumstances(rules, words) };
  });
  const findSigns = createSignIndex(
    [...dangers.values()].flatMap((danger) =>
      readers.flatMap(({ language, words }) =>
        TOLD.flatMap((told) =>
          danger.signs[language][told].map((text) => ({
            pattern: parsePattern(text, words),
            sign: { danger, language, told },
          })),
        ),
      ),
    ),
  );
  const find = (text: string, language?: Language): Danger | undefined => {
    const words = readMessy(text, spell);
    const found = findSigns(words);
    if (found.length === 0) return undefined;
    const told = new Set(found.map(({ sign }) => sign.language));
    const around = new Map(
      readers
        .filter((reader) => told.has(reader.language))
        .map((reader) => [reader.language, reader.read(words)]),
    );
    const real = found.filter((one) => counts(one, found, around.get(one.sign.language)));
    // What may be a question is none where the message speaks of danger anyway.
    const isGrave = real.some(({ sign }) => sign.told !== 'urgent');
    const counted = real.filter(
      ({ sign }) => sign.told !== 'urgent' || isGrave || around.get(sign.language)?.isHasty,
    );
    const standing = counted.filter((one) => !counted.some((other) => swallows(other, one)));
    return firstOf(standing, reading.precedence, language);
  };
  return { find, isUrgent: (text) => find(text) !== undefined };
}

const TOLD = ['now', 'happened', 'urgent', 'unless'] as const satisfies readonly (keyof Signs)[];

function counts(
  found: Found<Sign>,
  all: readonly Found<Sign>[],
  circumstances: Circumstances | undefined,
): boolean {
  const { told, danger } = found.sign;
  if (told === 'unless' || circumstances === undefined) return false;
  const isExcepted = all.some(
    (other) => other.sign.told === 'unless' && other.sign.danger === danger && touches(other, found),
  );
  if (isExcepted || circumstances.isDenied(found) || circumstances.isSupposed(found)) return false;
  if (circumstances.isSaying(found)) return false;
  return told === 'now' || danger.lasting || !circumstances.isLongAgo(found);
}

/** A longer sign says what a shorter one inside it is about: "si vuelvo me matan". */
function swallows(longer: Found<Sign>, shorter: Found<Sign>): boolean {
  return (
    longer.sign.danger !== shorter.sign.danger &&
    longer.start <= shorter.start &&
    longer.end >= shorter.end &&
    lengthOf(longer) > lengthOf(shorter)
  );
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function firstOf(
  found: readonly Found<Sign>[],
  precedence: readonly DangerId[],
  language: Language | undefined,
): Danger | undefined {
  const id = precedence.find((one) => found.some(({ sign }) => sign.danger.id === one));
  if (id === undefined) return undefined;
  const languages = found.filter(({ sign }) => sign.danger.id === id).map(({ sign }) => sign.language);
  const own = languages.find((one) => one === language) ?? languages[0];
  return own === undefined ? undefined : { id, language: own };
}
