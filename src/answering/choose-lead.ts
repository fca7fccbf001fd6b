import { speakingClaims } from '../knowledge/knowledge.ts';
import type { ClaimPart, Unit } from '../knowledge/unit.ts';
import { NEAR_ENOUGH, type Passage } from '../retrieval/passage.ts';
import { claimsOf, overlap } from './select-claims.ts';

/** A unit speaks beside or instead of the first when it is nearly as near. */
export const NEARLY_AS_NEAR = 0.85;

/** Sides that are asked for as an amount: a sentence without one does not answer them. */
export const AMOUNT: Readonly<Partial<Record<ClaimPart, RegExp>>> = {
  cost: /\d|gratis|gratuit|sin (pago|costo)|no (paga|cuesta|cobra)/i,
  time: /\d|\b(un|una|dos|tres|seis) (d[ií]a|semana|mes|a[nñ]o)|plazo/i,
};
/** Sides for which an institution's own entry is a better source than a guide that mentions it. */
const DIRECTORY_SIDES: ReadonlySet<ClaimPart> = new Set(['where', 'contact']);

/**
 * The passage to answer from: the first, unless it lacks the sides that were asked and one nearly as near has them.
 * @param passages best first
 */
export function chooseLead(
  question: string,
  asked: readonly ClaimPart[],
  passages: readonly Passage[],
): Passage | undefined {
  const [first] = passages;
  if (first === undefined || asked.length === 0 || first.matches.includes('reference')) return first;
  const near = passages.filter(({ score }) => score >= Math.max(NEAR_ENOUGH, first.score * NEARLY_AS_NEAR));
  const most = Math.max(...near.map(({ unit }) => heldSides(unit, asked)));
  if (most === 0) return first;
  const holding = near.filter(({ unit }) => heldSides(unit, asked) === most);
  const named = (passage: Passage) => overlap(question, namingText(passage.unit, asked));
  if (asked.some((part) => DIRECTORY_SIDES.has(part))) {
    const entry = holding.find(
      (passage) => isDirectoryEntry(passage.unit) && named(passage) >= Math.max(1, named(first)),
    );
    if (entry !== undefined) return entry;
  }
  if (holding.includes(first)) return first;
  return holding.reduce((best, passage) => (named(passage) > named(best) ? passage : best));
}

/** Whether a unit is an entry of the directory: an institution or a line to ring. */
export function isDirectoryEntry({ kind }: Unit): boolean {
  return kind === 'institution' || kind === 'contact';
}

/** The asked sides a unit holds; one that it holds only without the amount asked for counts half. */
function heldSides(unit: Unit, asked: readonly ClaimPart[]): number {
  return asked.reduce((sum, part) => {
    const claims = claimsOf(unit, part);
    if (claims.length === 0) return sum;
    const amount = AMOUNT[part];
    return sum + (amount === undefined || claims.some(({ text }) => amount.test(text)) ? 1 : 0.5);
  }, 0);
}

function namingText(unit: Unit, asked: readonly ClaimPart[]): string {
  const sides = speakingClaims(unit).filter(({ part }) => asked.includes(part));
  return [unit.title, unit.acronym ?? '', ...unit.aliases, ...sides.map(({ text }) => text)].join(' ');
}
