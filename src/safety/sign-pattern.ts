import { soundOf } from './messy-writing.ts';

/** Matches one word: as it is, by how it begins (`golpe*`), or a number (`#`; `####` is a year). */
export type WordMatch =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'number'; readonly isYear: boolean };

/** Words that follow each other. */
export type Sequence = readonly WordMatch[];

/** One step of a sign. */
export type Step =
  | { readonly kind: 'choice'; readonly choices: readonly Sequence[]; readonly optional: boolean }
  /** Up to {@link LONGEST_GAP} words of any kind. */
  | { readonly kind: 'gap' };

/** What people write, step by step. */
export type SignPattern = readonly [Step, ...Step[]];

/** Named lists of words that patterns refer to with `@name`. */
export type WordLists = ReadonlyMap<string, readonly Sequence[]>;

/** Most words that `..` stands for. */
export const LONGEST_GAP = 4;

/** A pattern that cannot be read; the message tells editors why. */
export class PatternFault extends Error {}

const PIECE = /\(([^()]*)\)(\?)?|(\.\.)|([^\s()]+)/gu;

/**
 * Reads a sign as editors write it: words; `(a|b c)` one or the other; `?` after a word or group that may be missing;
 * `golpe*` any ending; `@name` one of a list; `..` a few words of any kind; `#` a number.
 * @throws {PatternFault} when it cannot be read
 */
export function parsePattern(text: string, lists: WordLists): SignPattern {
  if (text.replace(PIECE, '').trim() !== '') throw new PatternFault('los paréntesis no cierran');
  const steps = [...text.matchAll(PIECE)].map(([, group, optional, gap, word]): Step => {
    if (gap !== undefined) return { kind: 'gap' };
    if (group !== undefined) return choice(group.split('|'), optional !== undefined, lists);
    const bare = (word ?? '').replace(/\?$/, '');
    return choice([bare], bare !== word, lists);
  });
  const [first, ...rest] = steps;
  if (first === undefined || first.kind === 'gap') throw new PatternFault('debe empezar con una palabra');
  if (steps.at(-1)?.kind === 'gap') throw new PatternFault('no puede terminar con «..»');
  if (steps.every((step) => step.kind === 'choice' && step.optional)) {
    throw new PatternFault('necesita una palabra sin «?»');
  }
  return [first, ...rest];
}

/** Reads the entry of a list: words that follow each other, or `@name` for all of another list. */
export function parseEntry(text: string, lists: WordLists): readonly Sequence[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith('@')) return [sequence(trimmed)];
  const list = lists.get(trimmed.slice(1));
  if (list === undefined) throw new PatternFault(`no hay una lista de palabras «${trimmed.slice(1)}»`);
  return list;
}

/** The words that a pattern or entry names in full. */
export function wordsOf(sequences: readonly Sequence[]): readonly string[] {
  return sequences.flatMap((parts) => parts.flatMap((part) => (part.kind === 'word' ? [part.word] : [])));
}

function choice(options: readonly string[], optional: boolean, lists: WordLists): Step {
  return { kind: 'choice', choices: options.flatMap((option) => parseEntry(option, lists)), optional };
}

function sequence(text: string): Sequence {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  if (parts.length === 0) throw new PatternFault('le falta una palabra');
  return parts.map(wordMatch);
}

function wordMatch(text: string): WordMatch {
  if (text === '#' || text === '####') return { kind: 'number', isYear: text === '####' };
  const isPrefix = text.endsWith('*');
  const bare = isPrefix ? text.slice(0, -1) : text;
  if (!/^[\p{L}\p{N}'’]+$/u.test(bare)) throw new PatternFault(`no se entiende «${text}»`);
  return isPrefix ? { kind: 'prefix', prefix: soundOf(bare) } : { kind: 'word', word: soundOf(bare) };
}
