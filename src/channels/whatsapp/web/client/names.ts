import { withDeadline } from './deadline.ts';

/** All ids that one person is known by, the given one first. */
export type NamesOf = (chat: string) => Promise<readonly string[]>;

/** A phone number and a privacy id of one person, as whatsapp-web.js gives them; either may be missing. */
export type LookUpNames = (
  chat: string,
) => Promise<readonly { readonly lid?: string; readonly pn?: string }[]>;

const MOST_KEPT = 5_000;
const PATIENCE_MS = 3_000;
/** How long a look-up that gave nothing is not tried again. */
const RETRY_MS = 10 * 60_000;

/**
 * Looks up the other ids of a person, once. Waits are short: a person is answered under the id that is known. What is
 * asked for one chat is answered in the order in which it was asked.
 */
export function createNames(lookUp: LookUpNames, now: () => number): NamesOf {
  const kept = new Map<string, { readonly names: Promise<readonly string[]>; readonly at: number }>();
  const incomplete = new Set<string>();
  const look = async (chat: string): Promise<readonly string[]> => {
    const found = await withDeadline(lookUp(chat), PATIENCE_MS, () => new Error('late')).catch(() => []);
    const names = new Set([chat, ...found.flatMap(({ lid, pn }) => [lid, pn])]);
    const known = [...names].filter((name) => name !== undefined && name !== '');
    if (known.length > 1) incomplete.delete(chat);
    else incomplete.add(chat);
    return known.filter((name) => name !== undefined);
  };
  return (chat) => {
    const before = kept.get(chat);
    const isGood = before !== undefined && (!incomplete.has(chat) || now() - before.at < RETRY_MS);
    if (isGood) return before.names;
    const names = look(chat);
    kept.set(chat, { names, at: now() });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) {
      kept.delete(oldest);
      incomplete.delete(oldest);
    }
    return names;
  };
}
