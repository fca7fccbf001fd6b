import { speakingClaims } from '../knowledge/knowledge.ts';
import type { Claim, ClaimPart, Unit } from '../knowledge/unit.ts';
import { type Body, join, list, paragraph, worth } from './body.ts';
import { isDirectoryEntry } from './choose-lead.ts';
import { namedWords } from './claim-words.ts';
import { composeProcedure, composeSteps } from './compose-procedure.ts';
import { claimsOf, mostTelling } from './select-claims.ts';

/** Sentences after which a reader on a small screen stops. */
const MOST_SENTENCES = 4;
const MOST_CHARACTERS = 500;
/** Requirements or prices shown at once: half a list sends a person home empty-handed. */
const MOST_ITEMS = 10;

/** A number to ring: 2411-2411, or a short line such as 110 or 1555. */
const NUMBER = /\b(?:\d{4}-\d{4}|1\d{2,3})\b/;

/** What a unit says about a question. */
export interface UnitBody extends Body {
  /** `asked` when the question named a side and the unit has it. */
  readonly side: 'asked' | 'whole';
}

/** Says what a unit holds about a question: the sides that were asked, else the whole in a few sentences. */
export function composeBody(unit: Unit, question: string, askedSides: readonly ClaimPart[]): UnitBody {
  const asked = askedSides.filter((part) => claimsOf(unit, part).length > 0);
  const onlySteps = asked.length === 1 && asked[0] === 'step';
  if (asked.length > 0 && !(onlySteps && unit.kind === 'procedure'))
    return {
      ...join(...asked.map((part) => worth('lead', composePart(unit, part, question)))),
      side: 'asked',
    };
  const steps = unit.kind === 'procedure' && claimsOf(unit, 'step').length > 0;
  const body = steps ? composeProcedure(unit, question) : composeRules(unit, question);
  return { ...body, side: onlySteps ? 'asked' : 'whole' };
}

function composePart(unit: Unit, part: ClaimPart, question: string): Body {
  const claims = claimsOf(unit, part);
  if (part === 'step') return composeSteps(unit);
  if (part === 'requirement') return list(claims.slice(0, MOST_ITEMS), 'Necesita:', false);
  if (part === 'kind') return list(claims.slice(0, MOST_ITEMS), 'Clases:', false);
  if (part === 'cost' && claims.length > 2) return list(claims.slice(0, MOST_ITEMS), 'Precios:', false);
  // Few enough to say all: then the unit's own order stands, in which the number to ring comes first.
  const said =
    claims.length <= MOST_SENTENCES ? claims : mostTelling(question, claims, { claims: MOST_SENTENCES });
  // A guide's numbers say whose they are; a directory entry's rely on the heading above them.
  if (part === 'contact' && !isDirectoryEntry(unit)) return paragraph(said);
  return paragraph(said, namedWords(unit, said));
}

function composeRules(unit: Unit, question: string): Body {
  const claims = speakingClaims(unit).filter(({ part }) => part !== 'basis');
  // "Esta guía es para…" answers nobody; in an article the same part is the rule itself.
  const telling = unit.kind === 'procedure' ? claims.filter(({ part }) => part !== 'who') : claims;
  const said = mostTelling(question, telling.length > 0 ? telling : claims, {
    claims: MOST_SENTENCES,
    characters: MOST_CHARACTERS,
  });
  return paragraph(isDirectoryEntry(unit) ? ringFirst(said) : said);
}

/** What an institution does, then how to reach it, then the rest. */
function ringFirst([lead, ...others]: readonly Claim[]): readonly Claim[] {
  if (lead === undefined) return [];
  const rings = ({ part, text }: Claim) => part === 'contact' && NUMBER.test(text);
  return [lead, ...others.filter(rings), ...others.filter((claim) => !rings(claim))];
}
