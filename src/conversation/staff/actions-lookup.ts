import type { Block } from '../../answering/answer.ts';
import { fold } from '../../knowledge/fold.ts';
import type { Unit } from '../../knowledge/unit.ts';
import type { FindPolicyCodes } from '../../retrieval/find-policy-codes.ts';
import { type DeskAnswer, type DeskChoice, type Lookup, notHeld, offerList } from './desk-answer.ts';
import { type Institutions, key } from './institutions.ts';
import { institutionName } from './names.ts';
import type { Party, PolicyAction, PolicyRecord } from './policy-actions.ts';
import { actionsTable, linkedCell, placeCells, responsibleCell } from './policy-words.ts';

/** What looking actions up needs. */
export interface PolicyLookupParts {
  readonly policy: PolicyRecord;
  readonly institutions: Institutions;
  readonly findCodes: FindPolicyCodes;
}

const MOST_CHOICES = 6;
/** A question about what to do is longer than an institution's name. */
const MOST_WORDS = 9;
const USAGE = 'Escriba de qué institución: su sigla o su nombre. Por ejemplo: acciones MINEX.';
const HEADING = 'Acciones de la Política Migratoria';

/** Answers "acciones MINEX": what the institution answers for and what it is linked to, line by line. */
export function createActionsLookup(parts: PolicyLookupParts): Lookup {
  const { policy, institutions } = parts;
  return (argument) => {
    if (argument === '') return notHeld(USAGE, '', []);
    const placed = actionsAt(argument, parts);
    if (placed.length > 0) return placedAnswer(placed, policy);
    const found = institutions.find(argument);
    const [institution] = found;
    if (found.length === 1 && institution !== undefined) return institutionAnswer(institution, parts);
    const asWritten = policy.actions.filter((action) =>
      partiesOf(action).some(({ keys }) => keys.has(key(argument))),
    );
    if (asWritten.length > 0) return partyAnswer(argument, new Set([key(argument)]), asWritten, policy);
    if (found.length > 1) return choiceAnswer(argument, found);
    if (argument.split(/\s+/).length > MOST_WORDS) return undefined;
    return notHeld(
      `No encontré en el directorio ninguna institución que se llame «${argument}». Escriba su sigla o su nombre, por ejemplo: acciones MINEX.`,
      '¿Quiso decir?',
      institutions.near(argument).map(choiceOf),
    );
  };
}

/** The actions at a place of the policy that is named by its code: an axis, a line or one action. */
export function actionsAt(said: string, { policy, findCodes }: PolicyLookupParts): readonly PolicyAction[] {
  const places = new Set(findCodes(fold(said)).map(({ id }) => id));
  return policy.actions.filter(({ unit, line, axis }) =>
    [unit, line, axis].some((place) => place !== undefined && places.has(place.id)),
  );
}

function placedAnswer(actions: readonly PolicyAction[], policy: PolicyRecord): DeskAnswer {
  const lines = linesOf(actions);
  return {
    kind: 'answer',
    blocks: [actionsTable(`${HEADING}:`, actions), ...caveatBlocks(actions, policy)],
    units: lines,
    topic: lines.map(({ title }) => title).join(', '),
  };
}

function institutionAnswer(institution: Unit, parts: PolicyLookupParts): DeskAnswer {
  const { policy } = parts;
  const names = [institution.id, ...institution.aliases.map(key)];
  // What the record writes under a name that other institutions have too says nothing of this one.
  const own = names.filter((name, at) => at === 0 || parts.institutions.find(name).length === 1);
  const keys = new Set(own);
  const actions = policy.actions.filter((action) => partiesOf(action).some((party) => isParty(party, keys)));
  const name = institutionName(institution);
  if (actions.length > 0) {
    const answer = partyAnswer(name, keys, actions, policy);
    return { ...answer, units: [...answer.units, institution] };
  }
  const text = `${name}: ninguna de las ${policy.actions.length} acciones cargadas de la Política Migratoria nombra a esta institución.`;
  const blocks = [{ kind: 'paragraph', text, worth: 'lead', unit: institution.id } as const];
  return { kind: 'answer', blocks, units: [institution], topic: name };
}

function partyAnswer(
  name: string,
  keys: ReadonlySet<string>,
  actions: readonly PolicyAction[],
  policy: PolicyRecord,
): DeskAnswer {
  const isResponsible = ({ responsible }: PolicyAction) =>
    responsible !== undefined && isParty(responsible, keys);
  const lines = linesOf(actions);
  const answersFor = actions.filter(isResponsible).length;
  const linkedTo = actions.length - answersFor;
  const summary = `${name}: ${answersFor === 0 ? 'no ' : ''}responde por ${count(answersFor)} de la Política Migratoria y ${linkedTo === 0 ? 'no participa en otras' : `participa como vinculada en ${count(linkedTo)}`}.`;
  const table: Block = {
    kind: 'table',
    title: `${HEADING}, por línea:`,
    columns: ['Línea', 'Acción', 'Papel', 'Responsable', 'Vinculadas'],
    rows: actions.map((action) => [
      ...placeCells(action),
      roleOf(action, keys, isResponsible(action)),
      responsibleCell(action),
      linkedCell(action),
    ]),
    rowUnits: actions.map(({ unit, line }) => (line ?? unit).id),
    worth: 'lead',
  };
  return {
    kind: 'answer',
    blocks: [{ kind: 'paragraph', text: summary, worth: 'lead' }, table, ...caveatBlocks(actions, policy)],
    units: lines,
    topic: `${name} en la Política Migratoria`,
  };
}

/** Editors' doubts about who answers, each once. */
export function caveatBlocks(actions: readonly PolicyAction[], policy: PolicyRecord): readonly Block[] {
  const caveats = new Set(actions.flatMap(policy.caveats));
  const isUnreviewed = actions.some(({ unit }) => unit.review.state === 'fuente-publica');
  const review = isUnreviewed ? ['Según fuentes públicas, todavía sin validar por el área jurídica.'] : [];
  const text = [...review, ...caveats].join(' ');
  return text === '' ? [] : [{ kind: 'notice', text }];
}

/** How it takes part; where the record names it otherwise than it is called, the record's words. */
function roleOf(action: PolicyAction, keys: ReadonlySet<string>, isResponsible: boolean): string {
  if (isResponsible) return 'Responsable';
  const party = action.linked.find((one) => isParty(one, keys));
  const isNamed = party?.institution !== undefined && keys.has(party.institution.id);
  return party === undefined || isNamed || party.keys.has([...keys][0] ?? '')
    ? 'Vinculada'
    : `Vinculada (como «${party.said}»)`;
}

function partiesOf({ responsible, linked }: PolicyAction): readonly Party[] {
  return responsible === undefined ? linked : [responsible, ...linked];
}

function isParty(party: Party, keys: ReadonlySet<string>): boolean {
  return [...party.keys].some((one) => keys.has(one));
}

/** The lines that actions stand under, each once. */
export function linesOf(actions: readonly PolicyAction[]): readonly Unit[] {
  return [...new Set(actions.map(({ unit, line }) => line ?? unit))];
}

function count(actions: number): string {
  if (actions === 0) return 'ninguna acción';
  return actions === 1 ? '1 acción' : `${actions} acciones`;
}

function choiceAnswer(argument: string, found: readonly Unit[]): DeskAnswer {
  const choices = found.slice(0, MOST_CHOICES).map(choiceOf);
  return {
    kind: 'clarify',
    blocks: [offerList(`«${argument}» puede ser:`, choices)],
    units: [],
    topic: '',
    choices,
  };
}

function choiceOf(unit: Unit): DeskChoice {
  return { label: institutionName(unit), ask: `acciones ${unit.title}` };
}
