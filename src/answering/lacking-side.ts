import { fold } from '../knowledge/fold.ts';
import type { ClaimPart, Unit } from '../knowledge/unit.ts';
import { AMOUNT } from './choose-lead.ts';

/** The sides that each sort of unit can be expected to state. A norm as a whole states none: its articles do. */
const EXPECTED: Readonly<Partial<Record<Unit['kind'], readonly ClaimPart[]>>> = {
  procedure: ['cost', 'time', 'where', 'requirement', 'contact'],
  article: ['cost', 'time'],
  institution: ['contact'],
  contact: ['contact'],
  policy: ['responsible'],
  action: ['responsible'],
};
/** "¿Dónde queda?" wants an address; "¿dónde denuncio?" is answered by naming the institution. */
const WANTS_ADDRESS = /\b(quedan?|ubicad[oa]s?|ubicacion|direccion|address|endereco|adresse)\b/;

/**
 * Whether a question wants a fact that one could expect of a unit and that is not said.
 * @param said what is said of the unit: a rule of an article may state the amount that no side of it does
 */
export function lacksSide(
  { kind }: Unit,
  asked: readonly ClaimPart[],
  question: string,
  said: string,
): boolean {
  const expected = EXPECTED[kind] ?? [];
  return asked.some((part) => {
    if (part === 'where' && WANTS_ADDRESS.test(fold(question))) return true;
    const saidByRule = kind !== 'procedure' && AMOUNT[part]?.test(said) === true;
    return expected.includes(part) && !saidByRule;
  });
}
