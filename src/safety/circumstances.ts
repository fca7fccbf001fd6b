import type { ReadingRules } from './danger-book.ts';
import type { Reading } from './messy-writing.ts';
import { createSignIndex, type FindSigns, type Span } from './sign-index.ts';
import { type PatternWords, parsePattern } from './sign-pattern.ts';

/** What is said around the signs of one text, in one language. */
export interface Circumstances {
  /** "no me pega": it is said not to be. */
  isDenied(span: Span): boolean;
  /** "si me detienen", "qué pasa si": it is only supposed. */
  isSupposed(span: Span): boolean;
  /** "hace un año": it was long ago, and it is over. */
  isLongAgo(span: Span): boolean;
  /** Part of a saying: "me matan de risa". */
  isSaying(span: Span): boolean;
  /** Whether the text asks for help, or says that it is now. */
  readonly isHasty: boolean;
}

/** Reads the circumstances of a text. */
export type ReadCircumstances = (reading: Reading) => Circumstances;

/** Most small words between a word and what it governs. */
const REACH = 5;
/** Most words between a time and what happened then. */
const NEAR = 8;

/** Prepares the rules of one language. */
export function createReadCircumstances(rules: ReadingRules, own: PatternWords): ReadCircumstances {
  const find = (patterns: readonly string[]): FindSigns<undefined> =>
    createSignIndex(patterns.map((text) => ({ pattern: parsePattern(text, own), sign: undefined })));
  const words = (list: readonly string[]): ReadonlySet<string> => new Set(list.map(own.spell));
  const [negators, supposers] = [words(rules.negators), words(rules.supposers)];
  const [small, persons] = [words(rules.small), words([...rules.small, ...rules.persons])];
  const supposing = find(rules.supposing);
  const [longAgo, ongoing] = [find(rules.longAgo), find(rules.ongoing)];
  const [haste, sayings] = [find(rules.haste), find(rules.sayings)];
  return (reading) => {
    const past = longAgo(reading);
    const stillSo = past.length === 0 ? [] : ongoing(reading);
    const over = past.filter((time) => !stillSo.some((span) => touches(span, time)));
    const opened = supposing(reading);
    const said = sayings(reading);
    return {
      isDenied: ({ start }) => governed(reading, start, negators, small),
      isSupposed: ({ start }) =>
        governed(reading, start, supposers, persons) ||
        opened.some((opener) => opener.start < start && isNear(reading, opener, { start, end: start })),
      isLongAgo: (span) => over.some((time) => isNear(reading, time, span)),
      isSaying: (span) => said.some((one) => touches(one, span)),
      isHasty: haste(reading).length > 0,
    };
  };
}

/** Whether two places share a word. */
export function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether one of `heads` stands before a place with nothing but `between` between them. */
function governed(
  { words, breaks }: Reading,
  start: number,
  heads: ReadonlySet<string>,
  between: ReadonlySet<string>,
): boolean {
  for (let place = start; place > 0 && start - place <= REACH; place--) {
    if (breaks[place] === 'comma' || breaks[place] === 'stop') return false;
    const word = words[place - 1] ?? '';
    if (heads.has(word)) return true;
    if (!between.has(word)) return false;
  }
  return false;
}

function isNear(reading: Reading, time: Span, span: Span): boolean {
  const [first, second] = time.start < span.start ? [time, span] : [span, time];
  return second.start - first.end <= NEAR && inOneSentence(reading, first.start, second.start);
}

function inOneSentence({ breaks }: Reading, from: number, to: number): boolean {
  return !breaks.slice(from + 1, to + 1).includes('stop');
}
