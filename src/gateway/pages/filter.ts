import { z } from 'zod';
import { fold } from '../../knowledge/fold.ts';

/** What an address asks a list for. Anything else in it, repeated keys included, counts as nothing asked. */
export const filterSchema = z.object({
  q: z.string().trim().max(100).catch(''),
  vigencia: z.enum(['todas', 'vigentes', 'no-vigentes', 'por-confirmar']).catch('todas'),
});

/** Words and state by which a list is narrowed. */
export type Filter = z.output<typeof filterSchema>;

/** Whether every word of `q` is in one of the texts, accents and case aside. */
export function matchesWords(q: string, texts: readonly string[]): boolean {
  const haystack = fold(texts.join(' '));
  return fold(q)
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
