import type { Reading } from './messy-writing.ts';
import { LONGEST_GAP, mayBeEmpty, type Sequence, type Step } from './sign-pattern.ts';

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
  readonly pattern: Sequence;
  readonly sign: T;
}

/** A step that takes one word. */
type WordStep = Extract<Step, { readonly kind: 'words' | 'prefix' | 'number' }>;

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
      else if (first.kind === 'prefix') add(byPrefix, first.prefix, entry);
      else for (const word of first.words) add(byWord, word, entry);
    }
  }
  const lengths = [...new Set([...byPrefix.keys()].map((prefix) => prefix.length))];
  const beginning = (word: string): ReadonlySet<Indexed<T>> =>
    new Set([
      ...(byWord.get(word) ?? []),
      ...lengths.flatMap((length) =>
        word.length < length ? [] : (byPrefix.get(word.slice(0, length)) ?? []),
      ),
      ...(isNumber(word) ? byNumber : []),
    ]);
  return (reading) => {
    const found: Found<T>[] = [];
    for (const [start, word] of reading.words.entries()) {
      for (const { pattern, sign } of beginning(word)) {
        const end = longestMatch({ reading, start }, pattern, start);
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

/** The steps that can take the first word. */
function beginnings(steps: Sequence): readonly WordStep[] {
  const firsts: WordStep[] = [];
  for (const step of steps) {
    if (step.kind === 'gap') break;
    if (step.kind !== 'choice') return [...firsts, step];
    firsts.push(...step.choices.flatMap(beginnings));
    if (!step.choices.some(mayBeEmpty)) break;
  }
  return firsts;
}

interface Attempt {
  readonly reading: Reading;
  readonly start: number;
}

/** What comes after the steps at hand: where it all ends, from a place on. */
type Then = (place: number) => number | undefined;

function longestMatch(attempt: Attempt, steps: Sequence, place: number): number | undefined {
  return matchSteps(attempt, steps, 0, place, (end) => end);
}

/** Where the longest match of the steps from `at` on, and of what comes then, ends; undefined when there is none. */
function matchSteps(
  attempt: Attempt,
  steps: Sequence,
  at: number,
  place: number,
  then: Then,
): number | undefined {
  const step = steps[at];
  if (step === undefined) return then(place);
  const goOn: Then = (next) => matchSteps(attempt, steps, at + 1, next, then);
  if (step.kind === 'gap') return matchGap(attempt, place, goOn);
  if (step.kind === 'choice') {
    return longest(step.choices.map((choice) => matchSteps(attempt, choice, 0, place, goOn)));
  }
  const word = attempt.reading.words[place];
  const fits = word !== undefined && joins(attempt, place) && matchesWord(step, word);
  return fits ? goOn(place + 1) : undefined;
}

/** The nearest place after a gap from which the rest matches. */
function matchGap(attempt: Attempt, place: number, goOn: Then): number | undefined {
  for (let skipped = 0; skipped <= LONGEST_GAP; skipped++) {
    if (skipped > 0 && !joins(attempt, place + skipped - 1)) return undefined;
    const end = goOn(place + skipped);
    if (end !== undefined) return end;
  }
  return undefined;
}

function longest(ends: readonly (number | undefined)[]): number | undefined {
  return ends.reduce(
    (best, end) => (best === undefined || (end !== undefined && end > best) ? end : best),
    undefined,
  );
}

/** Whether a word goes on with what has begun. */
function joins({ reading: { breaks }, start }: Attempt, place: number): boolean {
  const before = breaks[place];
  return place === start || before === 'none' || before === 'line';
}

function matchesWord(step: WordStep, word: string): boolean {
  if (step.kind === 'words') return step.words.has(word);
  if (step.kind === 'prefix') return word.startsWith(step.prefix);
  return step.isYear ? /^(?:19|20)\d\d$/.test(word) : isNumber(word);
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}
