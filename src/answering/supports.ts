import { speakingClaims } from '../knowledge/knowledge.ts';
import type { Claim } from '../knowledge/unit.ts';
import { NEAR_ENOUGH, type Passage } from '../retrieval/passage.ts';
import { terms } from '../retrieval/terms.ts';
import { NEARLY_AS_NEAR } from './choose-lead.ts';
import { isSaid, mostTelling } from './select-claims.ts';

const MOST_SUPPORTS = 2;
/** Characters of an answer with its supports: beyond, people on a small screen read no further. */
const MOST_CHARACTERS = 700;
/** For whom a guide is and what it rests on answer nobody; one step or requirement out of its list misleads. */
const NEVER_SUPPORT: ReadonlySet<Claim['part']> = new Set(['who', 'basis', 'step', 'requirement', 'contact']);

/** A sentence of another unit that adds to an answer. */
export interface Support {
  readonly passage: Passage;
  readonly claim: Claim;
}

/** Sentences that back an answer: of units related to the main one, nearly as near, that speak to the question. */
export function chooseSupports(
  question: string,
  main: Passage,
  passages: readonly Passage[],
  said: string,
): readonly Support[] {
  const supports: Support[] = [];
  let text = said;
  for (const passage of passages) {
    if (supports.length === MOST_SUPPORTS) break;
    if (passage === main || passage.score < Math.max(NEAR_ENOUGH, main.score * NEARLY_AS_NEAR)) continue;
    if (!related(main, passage)) continue;
    const claim = tellingClaim(question, main, passage);
    if (claim === undefined || isSaid(claim.text, text)) continue;
    if (text.length + claim.text.length > MOST_CHARACTERS) continue;
    supports.push({ passage, claim });
    text = `${text} ${claim.text}`;
  }
  return supports;
}

/** Named by the main unit or naming it, or found by reference beside it. */
function related(main: Passage, other: Passage): boolean {
  if (main.matches.includes('reference')) return other.matches.includes('reference');
  return main.unit.see.includes(other.unit.id) || other.unit.see.includes(main.unit.id);
}

/** The sentence that speaks most to the question, if it shares more with it than what the main unit is called. */
function tellingClaim(question: string, main: Passage, { unit }: Passage): Claim | undefined {
  const claims = speakingClaims(unit).filter(({ part }) => !NEVER_SUPPORT.has(part));
  const [claim] = mostTelling(question, claims, { claims: 1 });
  // One class out of its list ("Estudiante.") tells nothing, and what else the unit says is further from the question.
  if (claim === undefined || claim.part === 'kind') return undefined;
  const title = new Set(terms(main.unit.title));
  const asked = new Set(terms(question).filter((stem) => !title.has(stem)));
  return terms(claim.text).some((stem) => asked.has(stem)) ? claim : undefined;
}
