import { speakingClaims } from '../knowledge/knowledge.ts';
import type { Claim, ClaimPart, Unit } from '../knowledge/unit.ts';
import { terms } from '../retrieval/terms.ts';
import { cannotOpen } from './leaning-claim.ts';

/** Share of a text's stems from which on it says nothing new. */
const SAID_SHARE = 0.8;

/** A claim that leans on more than this many before it opens by itself. */
const MOST_BEFORE = 3;

/** How much may be said. */
export interface Room {
  readonly claims: number;
  /** Characters of their texts together; the first is taken however long it is. */
  readonly characters?: number;
}

/** The speaking claims on one side of the matter, in the unit's order. */
export function claimsOf(unit: Unit, ...parts: readonly ClaimPart[]): readonly Claim[] {
  return speakingClaims(unit).filter((claim) => parts.includes(claim.part));
}

/** How many of the stems of `asked` a text shares, 0 or more. */
export function overlap(asked: string, text: string): number {
  const stems = new Set(terms(asked));
  return new Set(terms(text).filter((stem) => stems.has(stem))).size;
}

/** Whether a text adds nothing to what has been said: four fifths of its stems are there already. */
export function isSaid(text: string, said: string): boolean {
  const stems = new Set(terms(text));
  return stems.size > 0 && overlap(said, text) / stems.size >= SAID_SHARE;
}

/**
 * The claims that speak most to the question: the best first, since it leads, after what it leans on ("Sin ese permiso"),
 * the others in the unit's own order, which is the order in which they were meant to be read.
 */
export function mostTelling(question: string, claims: readonly Claim[], room: Room): readonly Claim[] {
  const scored = claims.map((claim, order) => ({ claim, order, shared: overlap(question, claim.text) }));
  const ranked = [...scored].sort((a, b) => b.shared - a.shared || a.order - b.order);
  const taken = new Set(
    firstOf(
      ranked.map(({ claim }) => claim),
      room,
    ),
  );
  const [best, ...others] = ranked.filter(({ claim }) => taken.has(claim));
  if (best === undefined) return [];
  const opening = scored.slice(openingOf(claims, best.order), best.order + 1);
  const after = others.filter((other) => !opening.includes(other)).sort((a, b) => a.order - b.order);
  return firstOf(
    [...opening, ...after].map(({ claim }) => claim),
    room,
  );
}

/** The place of the claim that the one at a place leans on; its own where it can open a text. */
function openingOf(claims: readonly Claim[], place: number): number {
  const leans = (at: number) => at > 0 && cannotOpen(claims[at]?.text ?? '');
  let at = place;
  while (leans(at)) at -= 1;
  // Far from what was asked the opening would bury it.
  return place - at < MOST_BEFORE ? at : place;
}

/** As many of the first claims as there is room for, one at least. */
export function firstOf(claims: readonly Claim[], room: Room): readonly Claim[] {
  const taken: Claim[] = [];
  let used = 0;
  for (const claim of claims.slice(0, room.claims)) {
    used += claim.text.length;
    if (taken.length > 0 && used > (room.characters ?? Number.POSITIVE_INFINITY)) break;
    taken.push(claim);
  }
  return taken;
}
