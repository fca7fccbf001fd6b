import type { ReadingRules } from './danger-book.ts';
import { parseEntry, type Sequence, type WordLists } from './sign-pattern.ts';

/**
 * The named lists of one language, ready for patterns.
 * @throws {PatternFault} for an entry that cannot be read
 */
export function readWordLists(lists: ReadingRules['lists']): WordLists {
  const read = new Map<string, readonly Sequence[]>();
  for (const [name, entries] of Object.entries(lists)) {
    read.set(
      name,
      entries.flatMap((entry) => parseEntry(entry, read)),
    );
  }
  return read;
}
