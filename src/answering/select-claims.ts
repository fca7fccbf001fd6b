import { speakingClaims } from '../knowledge/knowledge.ts';
import type { Claim, ClaimPart, Unit } from '../knowledge/unit.ts';
import { terms } from '../retrieval/terms.ts';

/** The speaking claims on one side of the matter, in the unit's order. */
export function claimsOf(unit: Unit, part: ClaimPart): readonly Claim[] {
  return speakingClaims(unit).filter((claim) => claim.part === part);
}

/** How many of the question's word stems a claim's text shares, 0 or more. */
export function overlap(question: string, claim: Claim): number {
  const asked = new Set(terms(question));
  return new Set(terms(claim.text).filter((stem) => asked.has(stem))).size;
}

/**
 * The claims that speak most to the question: the best first, since it leads, the others in the unit's own order,
 * which is the order in which they were meant to be read.
 */
export function mostTelling(question: string, claims: readonly Claim[], most: number): readonly Claim[] {
  const scored = claims.map((claim, order) => ({ claim, order, shared: overlap(question, claim) }));
  const ranked = [...scored].sort((a, b) => b.shared - a.shared || a.order - b.order);
  const [lead, ...others] = ranked.slice(0, most);
  if (lead === undefined) return [];
  return [lead, ...others.sort((a, b) => a.order - b.order)].map(({ claim }) => claim);
}
