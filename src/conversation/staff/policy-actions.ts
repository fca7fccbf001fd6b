import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Unit } from '../../knowledge/unit.ts';
import { type Institutions, key } from './institutions.ts';

/** Who takes part in an action, as the policy's record writes it. */
export interface Party {
  /** "IGM (DRER)". */
  readonly said: string;
  /** What it can be looked up by: ids of directory entries, and its own names folded. */
  readonly keys: ReadonlySet<string>;
  /** The directory's entry of the institution that is named first, where it holds one. */
  readonly institution: Unit | undefined;
}

/** An action of the policy with the line and axis it stands under. */
export interface PolicyAction {
  readonly unit: Unit;
  readonly line: Unit | undefined;
  readonly axis: Unit | undefined;
  /** Undefined where no source says who answers for it. */
  readonly responsible: Party | undefined;
  readonly linked: readonly Party[];
}

/** The policy's actions in the order of axes and lines, and its lines. */
export interface PolicyRecord {
  readonly actions: readonly PolicyAction[];
  readonly lines: readonly Unit[];
  /** What editors noted of how sure the record of who answers is, of the line and of the action itself. */
  caveats(action: PolicyAction): readonly string[];
}

/** Reads the policy's units once. */
export function readPolicy(knowledge: Knowledge, institutions: Institutions): PolicyRecord {
  const parentOf = (unit: Unit | undefined) =>
    unit?.parent === undefined ? undefined : knowledge.units.get(unit.parent);
  const actions = [...knowledge.units.values()]
    .filter(({ kind }) => kind === 'action')
    .map((unit): PolicyAction => {
      const line = parentOf(unit);
      return {
        unit,
        line,
        axis: parentOf(line),
        responsible: unit.responsible === undefined ? undefined : partyOf(unit.responsible, institutions),
        linked: unit.linked.map((said) => partyOf(said, institutions)),
      };
    })
    .sort((a, b) => a.unit.id.localeCompare(b.unit.id, 'es', { numeric: true }));
  const lines = new Set(actions.flatMap(({ line }) => line ?? []));
  return { actions, lines: [...lines], caveats: caveatsOf };
}

/** "IGM (DRER)" is the institute and its department; what follows a comma only tells more. */
function partyOf(said: string, institutions: Institutions): Party {
  const head = said.replace(/\(.*$/, '').split(',')[0]?.trim() ?? said;
  const inside = /\(([^)]*)\)/.exec(said)?.[1];
  const institution = institutions.official(head);
  const within = inside === undefined ? undefined : institutions.official(inside);
  const keys = [institution?.id, within?.id, key(head), inside === undefined ? undefined : key(inside)];
  return { said, institution, keys: new Set(keys.filter((one) => one !== undefined)) };
}

function caveatsOf({ unit, line }: PolicyAction): readonly string[] {
  const own = noteOf(unit);
  const ofLine = line === undefined ? undefined : noteOf(line);
  return [ofLine, own === undefined ? undefined : `«${unit.title}»: ${own}`].filter(
    (note) => note !== undefined,
  );
}

function noteOf(unit: Unit): string | undefined {
  return unit.claims.find(({ part, note }) => part === 'responsible' && note !== undefined)?.note;
}
