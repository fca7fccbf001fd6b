import { fold } from '../knowledge/fold.ts';

/** How strongly two words are set apart: not at all, by a new line or message, by a comma, by the end of a sentence. */
export type Break = 'none' | 'line' | 'comma' | 'stop';

/** A text as it sounds: its words in a spelling that mistakes and haste do not change. */
export interface Reading {
  readonly words: readonly string[];
  /** What stands before each word. */
  readonly breaks: readonly Break[];
}

/** A word in the spelling in which signs and texts meet. */
export type Spell = (word: string) => string;

const SOS = /\u{1F198}/gu;
/** Letters and digits with the apostrophes inside a word, or what sets words apart. */
const PIECE = /[\p{L}\p{N}]+(?:['’‘`´][\p{L}\p{N}]+)*|\n+|\.+|[,!?;:¡¿]/gu;
const APOSTROPHES = /['’‘`´]/g;
/** Longer texts hold no more danger; what follows is not read. In UTF-16 units. */
const LONGEST_READ = 4000;

/**
 * A word as it sounds in Guatemala: k, qu and c; s, z and soft c; b and v; ll and y; j and soft g are one letter each, h is
 * silent, a last i is y ("estoi"), and a letter held down ("ayudaaaa") counts once. Words of other languages go through the same: what matters is
 * that a sign and a text meet.
 */
export function soundOf(word: string): string {
  return fold(word)
    .replace(APOSTROPHES, '')
    .replace(/ch/g, 'þ')
    .replace(/ph/g, 'f')
    .replace(/h/g, '')
    .replace(/qu|q/g, 'k')
    .replace(/c(?=[eiy])|z/g, 's')
    .replace(/c/g, 'k')
    .replace(/ll/g, 'y')
    .replace(/v/g, 'b')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/n(?=[bp])/g, 'm')
    .replace(/(\p{L})\1+/gu, '$1')
    .replace(/(?<=[aeou])i$/, 'y')
    .replace(/þ/g, 'ch');
}

/** @param shorthand what people write for a word: "xq" for "porque" */
export function createSpell(shorthand: Readonly<Record<string, string>>): Spell {
  const longOf = new Map(
    Object.entries(shorthand).map(([short, long]) => [soundOf(short), soundOf(long)] as const),
  );
  return (word) => {
    const sound = soundOf(word);
    return longOf.get(sound) ?? sound;
  };
}

/**
 * Reads a text written in haste. Emoji are no words, a cry for help among them aside; dots in a row are hesitation, not
 * the end of a sentence.
 */
export function readMessy(text: string, spell: Spell): Reading {
  const words: string[] = [];
  const breaks: Break[] = [];
  let before: Break = 'none';
  for (const [piece] of text.slice(0, LONGEST_READ).replace(SOS, ' sos ').matchAll(PIECE)) {
    const mark = markOf(piece);
    if (mark !== undefined) {
      if (STRENGTH[mark] > STRENGTH[before]) before = mark;
      continue;
    }
    const word = /^\d+$/.test(piece) ? piece : spell(piece);
    if (word === '') continue;
    words.push(word);
    breaks.push(before);
    before = 'none';
  }
  return { words, breaks };
}

const STRENGTH: Readonly<Record<Break, number>> = { none: 0, line: 1, comma: 2, stop: 3 };

function markOf(piece: string): Break | undefined {
  switch (piece[0]) {
    case '\n':
      return 'line';
    case ',':
      return 'comma';
    case '.':
      return piece.length === 1 ? 'stop' : 'none';
    case '!':
    case '?':
    case ';':
    case ':':
    case '¡':
    case '¿':
      return 'stop';
    default:
      return undefined;
  }
}
