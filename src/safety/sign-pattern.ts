import { type Spell, soundOf } from './messy-writing.ts';

/** One step of a sign. */
export type Step =
  /** One of these words. */
  | { readonly kind: 'words'; readonly words: ReadonlySet<string> }
  /** `golpe*`: a word that begins so. */
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** `0`: a number; `0000`: a year. */
  | { readonly kind: 'number'; readonly isYear: boolean }
  | { readonly kind: 'choice'; readonly choices: readonly Sequence[] }
  /** Up to {@link LONGEST_GAP} words of any kind. */
  | { readonly kind: 'gap' };

/** Steps that follow each other; none for what may be missing. */
export type Sequence = readonly Step[];

/** What patterns of one language are read with. */
export interface PatternWords {
  /** Lists that patterns refer to with `@name`. */
  readonly lists: ReadonlyMap<string, readonly Sequence[]>;
  readonly spell: Spell;
  /** Writes out the verbs that a pattern only names; absent where a language has none so. */
  readonly writeOut?: (pattern: string) => string;
}

/** Most words that `..` stands for. */
export const LONGEST_GAP = 4;

/** A pattern that cannot be read; the message tells editors why. */
export class PatternFault extends Error {}

const MARK = /[()|?]|\.\.|[^\s()|?]+/gu;
const WORD = /^[\p{L}\p{N}'’]+\*?$/u;

/**
 * Reads a sign as editors write it, verbs (`pegar~`) written out first: words; `(a|b c)` one or the other; `?` after a word or group that may be missing;
 * `golpe*` any ending; `@name` one of a list; `..` a few words of any kind; `0` a number, `0000` a year.
 * @throws {PatternFault} when it cannot be read
 */
export function parsePattern(text: string, words: PatternWords): Sequence {
  const marks = (words.writeOut?.(text) ?? text).match(MARK) ?? [];
  const { choices, end } = parseChoices(marks, 0, words);
  if (end < marks.length) throw new PatternFault('sobra un paréntesis');
  const [steps = [], ...others] = choices;
  if (others.length > 0) return [{ kind: 'choice', choices }];
  if (mayBeEmpty(steps)) throw new PatternFault('necesita una palabra que no pueda faltar');
  if (steps[0]?.kind === 'gap' || steps.at(-1)?.kind === 'gap') {
    throw new PatternFault('no puede empezar ni terminar con «..»');
  }
  return steps;
}

interface Parsed {
  readonly choices: readonly Sequence[];
  /** The mark that ended them. */
  readonly end: number;
}

/** Reads alternatives up to a closing parenthesis or the end. */
function parseChoices(marks: readonly string[], from: number, words: PatternWords): Parsed {
  const choices: Step[][] = [[]];
  let place = from;
  for (; place < marks.length && marks[place] !== ')'; place++) {
    const mark = marks[place] ?? '';
    if (mark === '|') {
      choices.push([]);
      continue;
    }
    const steps = choices.at(-1) ?? [];
    if (mark === '?') {
      const last = steps.pop();
      if (last === undefined) throw new PatternFault('«?» no sigue a nada');
      steps.push({ kind: 'choice', choices: [[last], []] });
    } else if (mark === '(') {
      const inner = parseChoices(marks, place + 1, words);
      if (marks[inner.end] !== ')') throw new PatternFault('falta cerrar un paréntesis');
      steps.push({ kind: 'choice', choices: inner.choices });
      place = inner.end;
    } else {
      steps.push(parseStep(mark, words));
    }
  }
  if (choices.some((steps) => steps.length === 0)) throw new PatternFault('le falta una palabra');
  return { choices: joinWords(choices), end: place };
}

/** Makes the alternatives of one word each a single step: most are, and a set is asked at once. */
function joinWords(choices: readonly Sequence[]): readonly Sequence[] {
  const words = new Set<string>();
  const others = choices.filter((steps) => {
    const [only, ...more] = steps;
    if (only?.kind !== 'words' || more.length > 0) return true;
    for (const word of only.words) words.add(word);
    return false;
  });
  return words.size === 0 ? others : [[{ kind: 'words', words }], ...others];
}

function parseStep(mark: string, { lists, spell }: PatternWords): Step {
  if (mark === '..') return { kind: 'gap' };
  if (mark === '0' || mark === '0000') return { kind: 'number', isYear: mark === '0000' };
  if (mark.startsWith('@')) {
    const choices = lists.get(mark.slice(1));
    if (choices === undefined) throw new PatternFault(`no hay una lista de palabras «${mark.slice(1)}»`);
    return { kind: 'choice', choices: joinWords(choices) };
  }
  if (!WORD.test(mark)) throw new PatternFault(`no se entiende «${mark}»`);
  return mark.endsWith('*')
    ? { kind: 'prefix', prefix: soundOf(mark.slice(0, -1)) }
    : { kind: 'words', words: new Set([spell(mark)]) };
}

/** Whether steps can stand for no word at all. */
export function mayBeEmpty(steps: Sequence): boolean {
  return steps.every(
    (step) => step.kind === 'gap' || (step.kind === 'choice' && step.choices.some(mayBeEmpty)),
  );
}
