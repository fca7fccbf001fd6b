import type { Claim, Unit } from '../knowledge/unit.ts';
import { type Body, join, list, paragraph, worth } from './body.ts';
import { claimWords } from './claim-words.ts';
import { claimsOf, mostTelling } from './select-claims.ts';

/** Steps shown at once; who needs the others opens the guide. */
const MOST_STEPS = 5;
const MORE_STEPS = 'Hay más pasos en la guía.';
/** With no more steps than these there is room for the requirements. */
const FEW_STEPS = 3;
const MOST_REQUIREMENTS = 6;
/** Characters of a procedure on a small screen; steps, the first caution and the cost are said even beyond. */
const MOST_CHARACTERS = 650;

/** The steps of a procedure, never without the cap's own notice. */
export function composeSteps(unit: Unit): Body {
  const steps = claimsOf(unit, 'step');
  const shown = list(steps.slice(0, MOST_STEPS), 'Pasos:', true);
  if (steps.length <= MOST_STEPS) return shown;
  const later = { kind: 'list', ordered: true, items: steps.slice(MOST_STEPS).map(claimWords) } as const;
  return { ...shown, blocks: [...shown.blocks, { kind: 'paragraph', text: MORE_STEPS, later }] };
}

/** A procedure as a whole: what to do, what to know beforehand, what it costs, where, and for whom. */
export function composeProcedure(unit: Unit, question: string): Body {
  const steps = composeSteps(unit);
  const [caution, second] = mostTelling(question, claimsOf(unit, 'right', 'warning'), { claims: 2 });
  const cost = claimsOf(unit, 'cost').slice(0, 1);
  const requirements = steps.claims.length > FEW_STEPS ? [] : claimsOf(unit, 'requirement');
  let left = MOST_CHARACTERS - lengthOf(steps.claims) - lengthOf(cost) - lengthOf(some(caution));
  const ifRoom = (claims: readonly Claim[]): readonly Claim[] => {
    if (lengthOf(claims) > left) return [];
    left -= lengthOf(claims);
    return claims;
  };
  // In the order of their worth; they are read in another.
  const who = ifRoom(restrictsPeople(unit) ? claimsOf(unit, 'who').slice(0, 1) : []);
  const needs = ifRoom(requirements.length > MOST_REQUIREMENTS ? [] : requirements);
  const where = ifRoom(claimsOf(unit, 'where').slice(0, 1));
  const cautions = [...some(caution), ...ifRoom(some(second))];
  return join(
    steps,
    list(needs, 'Necesita:', false),
    paragraph(cautions),
    worth('lead', wholeParagraph([...cost, ...where])),
    worth('aside', paragraph(who)),
  );
}

/** What it costs and where, which are said together. */
function wholeParagraph(claims: readonly Claim[]): Body {
  return paragraph(claims, claims.length === 0 ? [] : [claims.map(claimWords).join(' ')]);
}

/** Whether nationality or age decides who may use it. */
function restrictsPeople({ appliesTo }: Unit): boolean {
  return appliesTo.nationality !== undefined || appliesTo.age !== undefined;
}

function some(claim: Claim | undefined): readonly Claim[] {
  return claim === undefined ? [] : [claim];
}

function lengthOf(claims: readonly Claim[]): number {
  return claims.reduce((sum, { text }) => sum + text.length, 0);
}
