import type { Reading } from './messy-writing.ts';
import { LONGEST_GAP, type Sequence, type SignPattern, type Step, type WordMatch } from './sign-pattern.ts';

/** Where a sign stands in a text: words from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A sign as found. */
export interface Found<T> extends Span {
  readonly sign: T;
}

/** Finds all signs that stand in a text, in time by its length. */
export type FindSigns<T> = (reading: Reading) => readonly Found<T>[];

interface Indexed<T> {
  readonly pattern: SignPattern;
  readonly sign: T;
}

/**
 * Prepares patterns to be looked for all at once: each word of a text is tried only against the patterns that can begin
 * with it. Signs do not reach over commas and ends of sentences; over new lines they do, since people send one sentence
 * in several messages.
 */
export function createSignIndex<T>(entries: readonly Indexed<T>[]): FindSigns<T> {
  const byWord = new Map<string, Indexed<T>[]>();
  const byPrefix = new Map<string, Indexed<T>[]>();
  const byNumber: Indexed<T>[] = [];
  for (const entry of entries) {
    for (const first of beginnings(entry.pattern)) {
      if (first.kind === 'number') byNumber.push(entry);
      else if (first.kind === 'word') add(byWord, first.word, entry);
      else add(byPrefix, first.prefix, entry);
    }
  }
  const lengths = [...new Set([...byPrefix.keys()].map((prefix) => prefix.length))];
  const beginning = (word: string): ReadonlySet<Indexed<T>> =>
    new Set([
      ...(byWord.get(word) ?? []),
      ...lengths.flatMap((length) => (word.length < length ? [] : (byPrefix.get(word.slice(0, length)) ?? []))),
      ...(isNumber(word) ? byNumber : []),
    ]);
  return (reading) => {
    const found: Found<T>[] = [];
    for (const [start, word] of reading.words.entries()) {
      for (const { pattern, sign } of beginning(word)) {
        const end = matchFrom(reading, pattern, 0, start, start);
        if (end !== undefined) found.push({ start, end, sign });
      }
    }
    return found;
  };
}

function add<T>(index: Map<string, Indexed<T>[]>, key: string, entry: Indexed<T>): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [entry]);
  else if (!known.includes(entry)) known.push(entry);
}

function beginnings(pattern: SignPattern): readonly WordMatch[] {
  const firsts: WordMatch[] = [];
  for (const step of pattern) {
    if (step.kind === 'gap') break;
    firsts.push(...step.choices.flatMap(([first]) => (first === undefined ? [] : [first])));
    if (!step.optional) break;
  }
  return firsts;
}

/** Where the longest match of the steps from `at` on ends that begins at `place`; undefined when there is none. */
function matchFrom(
  reading: Reading,
  pattern: SignPattern,
  at: number,
  place: number,
  start: number,
): number | undefined {
  const step: Step | undefined = pattern[at];
  if (step === undefined) return place;
  if (step.kind === 'gap') {
    for (let skipped = 0; skipped <= LONGEST_GAP; skipped++) {
      const next = place + skipped;
      if (skipped > 0 && !joins(reading, next - 1, start)) return undefined;
      const end = matchFrom(reading, pattern, at + 1, next, start);
      if (end !== undefined) return end;
    }
    return undefined;
  }
  let longest: number | undefined = step.optional
    ? matchFrom(reading, pattern, at + 1, place, start)
    : undefined;
  for (const choice of step.choices) {
    if (!matchesSequence(reading, choice, place, start)) continue;
    const end = matchFrom(reading, pattern, at + 1, place + choice.length, start);
    if (end !== undefined && (longest === undefined || end > longest)) longest = end;
  }
  return longest;
}

function matchesSequence(reading: Reading, sequence: Sequence, place: number, start: number): boolean {
  return sequence.every((part, offset) => {
    const word = reading.words[place + offset];
    return word !== undefined && joins(reading, place + offset, start) && matchesWord(part, word);
  });
}

/** Whether a word goes on with what begins at `start`. */
function joins({ breaks }: Reading, place: number, start: number): boolean {
  const before = breaks[place];
  return place === start || before === 'none' || before === 'line';
}

function matchesWord(part: WordMatch, word: string): boolean {
  switch (part.kind) {
    case 'word':
      return word === part.word;
    case 'prefix':
      return word.startsWith(part.prefix);
    case 'number':
      return part.isYear ? /^(?:19|20)\d\d$/.test(word) : isNumber(word);
  }
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}
