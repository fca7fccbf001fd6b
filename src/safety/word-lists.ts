import type { ReadingRules } from './danger-book.ts';
import type { Spell } from './messy-writing.ts';
import { type PatternWords, parsePattern, type Sequence } from './sign-pattern.ts';
import { writeOutVerbs } from './spanish-verbs.ts';

/**
 * The named lists of one language, ready for patterns.
 * @throws {PatternFault} for an entry that cannot be read
 */
export function readWordLists({ lists, irregular }: ReadingRules, spell: Spell): PatternWords {
  const read = new Map<string, readonly Sequence[]>();
  const words = {
    lists: read,
    spell,
    ...(irregular && {
      writeOut: (pattern: string) => writeOutVerbs(pattern, (name) => lists[name] ?? [], irregular),
    }),
  };
  for (const [name, entries] of Object.entries(lists)) {
    const sequences = entries.map((entry) => parsePattern(entry, words));
    read.set(name, sequences);
  }
  return words;
}
