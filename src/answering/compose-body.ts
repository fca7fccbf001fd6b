import { speakingClaims } from '../knowledge/knowledge.ts';
import type { Claim, ClaimPart, Unit } from '../knowledge/unit.ts';
import type { Block, Question } from './answer.ts';
import { askedParts } from './asked-parts.ts';
import type { Phrases } from './phrases.ts';
import { claimsOf, mostTelling } from './select-claims.ts';

/** Sentences after which a reader on a small screen stops. */
const MOST_SENTENCES = 4;
/** Steps or requirements shown at once. */
const MOST_ITEMS = 8;

const LIST_TITLES: Readonly<Partial<Record<ClaimPart, string>>> = {
  step: 'Pasos:',
  requirement: 'Necesita:',
  kind: 'Clases:',
};

/** What a composed answer says, and the claims it says it with. */
export interface Body {
  /** `asked` when the question named a side and the unit has it. */
  readonly side: 'asked' | 'whole';
  readonly blocks: readonly Block[];
  readonly claims: readonly Claim[];
}

/** Says what a unit holds about a question: the side that was asked, else the whole in a few sentences. */
export function composeBody(unit: Unit, question: Question, phrases: Phrases): Body {
  const asked = askedParts(question.text).filter((part) => partsOf(unit).has(part));
  if (asked.length > 0) return composeParts(unit, asked, question);
  const body = unit.kind === 'procedure' ? composeProcedure(unit, question) : composeRules(unit, question);
  const missing = unit.kind === 'procedure' && askedParts(question.text).length > 0;
  if (!missing) return body;
  return { ...body, blocks: [{ kind: 'paragraph', text: phrases.missingPart }, ...body.blocks] };
}

function partsOf(unit: Unit): ReadonlySet<ClaimPart> {
  return new Set(speakingClaims(unit).map((claim) => claim.part));
}

/** The sides asked about, each whole: half a list of requirements sends a person home empty-handed. */
function composeParts(unit: Unit, parts: readonly ClaimPart[], question: Question): Body {
  const bodies = parts.map((part) => composePart(unit, part, question));
  return { ...join(bodies), side: 'asked' };
}

function composePart(unit: Unit, part: ClaimPart, question: Question): Body {
  const claims = claimsOf(unit, part);
  if (part === 'step' || part === 'requirement' || part === 'kind')
    return listed(claims.slice(0, MOST_ITEMS), part);
  if (part === 'cost' && claims.length > 2) return listed(claims.slice(0, MOST_ITEMS), part);
  // Few enough to say all: then the unit's own order stands, in which the number to ring comes first.
  return sentences(
    claims.length <= MOST_SENTENCES ? claims : mostTelling(question.text, claims, MOST_SENTENCES),
  );
}

function composeProcedure(unit: Unit, question: Question): Body {
  const lead = sentences(claimsOf(unit, 'who').slice(0, 1));
  const steps = claimsOf(unit, 'step');
  const main = steps.length > 0 ? listed(steps.slice(0, MOST_ITEMS), 'step') : composeRules(unit, question);
  const ends = sentences([...claimsOf(unit, 'cost').slice(0, 1), ...claimsOf(unit, 'where').slice(0, 1)]);
  return join([lead, main, ends]);
}

function composeRules(unit: Unit, question: Question): Body {
  const claims = speakingClaims(unit).filter((claim) => claim.part !== 'basis');
  return sentences(mostTelling(question.text, claims, MOST_SENTENCES));
}

function sentences(claims: readonly Claim[]): Body {
  if (claims.length === 0) return { side: 'whole', blocks: [], claims: [] };
  return {
    side: 'whole',
    blocks: [{ kind: 'paragraph', text: claims.map((claim) => claim.text).join(' ') }],
    claims,
  };
}

function listed(claims: readonly Claim[], part: ClaimPart): Body {
  if (claims.length === 0) return { side: 'whole', blocks: [], claims: [] };
  const [only] = claims;
  if (claims.length === 1 && only !== undefined) return sentences([only]);
  const title = LIST_TITLES[part];
  const items = claims.map((claim) => claim.text);
  return {
    side: 'whole',
    blocks: [{ kind: 'list', ...(title === undefined ? {} : { title }), ordered: part === 'step', items }],
    claims,
  };
}

function join(bodies: readonly Body[]): Body {
  return {
    side: 'whole',
    blocks: bodies.flatMap((body) => body.blocks),
    claims: bodies.flatMap((body) => body.claims),
  };
}
