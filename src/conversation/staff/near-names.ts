import { fold } from '../../knowledge/fold.ts';

/** How alike two names are from which on one may be a slip of the other, 0..1. */
const ALIKE = 0.45;
/** And from which on it surely is one. */
const SURE = 0.75;
/** Shorter names differ by a letter and mean something else: MP and MT. */
const LEAST_LETTERS = 5;

/** Something that has a name, or several. */
export interface Named<T> {
  readonly value: T;
  readonly names: readonly string[];
}

/** What is called most nearly so, best first. */
export function nearNames<T>(said: string, among: readonly Named<T>[], most: number): readonly T[] {
  return ranked(said, among)
    .filter(({ score }) => score >= ALIKE)
    .slice(0, most)
    .map(({ value }) => value);
}

/**
 * The one thing that a slip of the pen can mean; undefined when none is near enough, or two are. Another number is no slip:
 * Decreto 95-99 is not 95-98.
 */
export function slipOf<T>(said: string, among: readonly Named<T>[]): T | undefined {
  if (plain(said).length < LEAST_LETTERS) return undefined;
  const numbers = numbersOf(said);
  const same = among.map(({ value, names }) => ({
    value,
    names: names.filter((name) => numbersOf(name) === numbers),
  }));
  const [best, next] = ranked(said, same);
  if (best === undefined || best.score < SURE || best.score === next?.score) return undefined;
  return best.value;
}

function ranked<T>(said: string, among: readonly Named<T>[]): readonly { value: T; score: number }[] {
  const wanted = plain(said);
  return among
    .map(({ value, names }) => ({
      value,
      score: Math.max(0, ...names.map((name) => alikeness(wanted, plain(name)))),
    }))
    .sort((a, b) => b.score - a.score);
}

function numbersOf(text: string): string {
  return (text.match(/\d+/g) ?? []).join(' ');
}

function plain(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** 1 less the share of letters to change; letters swapped with their neighbour are one change. */
function alikeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 0 : 1 - changes(a, b) / longest;
}

function changes(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
