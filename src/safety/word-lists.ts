import type { ReadingRules } from './danger-book.ts';
import type { Spell } from './messy-writing.ts';
import { type PatternWords, parsePattern, type Sequence } from './sign-pattern.ts';

/**
 * The named lists of one language, ready for patterns.
 * @throws {PatternFault} for an entry that cannot be read
 */
export function readWordLists(lists: ReadingRules['lists'], spell: Spell): PatternWords {
  const read = new Map<string, readonly Sequence[]>();
  const words = { lists: read, spell };
  for (const [name, entries] of Object.entries(lists)) {
    const sequences = entries.map((entry) => parsePattern(entry, words));
    read.set(name, sequences);
  }
  return words;
}
