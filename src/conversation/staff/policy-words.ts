import type { TableBlock } from '../../answering/answer.ts';
import { institutionName } from './names.ts';
import type { Party, PolicyAction } from './policy-actions.ts';

/** Said where the policy's record names nobody. */
export const NOBODY = 'sin dato';

/** A party in full where it is an institution alone; as written where the record says more of it. */
export function partyName({ said, institution }: Party): string {
  return institution !== undefined && institution.acronym === said ? institutionName(institution) : said;
}

/** Actions as a table: who answers for each, and who is linked to it. */
export function actionsTable(title: string, actions: readonly PolicyAction[]): TableBlock {
  return {
    kind: 'table',
    title,
    columns: ['Línea', 'Acción', 'Responsable', 'Vinculadas'],
    rows: actions.map((action) => [...placeCells(action), responsibleCell(action), linkedCell(action)]),
    rowUnits: actions.map(({ unit, line }) => (line ?? unit).id),
    worth: 'lead',
  };
}

/** The line and the action. */
export function placeCells({ unit, line }: PolicyAction): readonly string[] {
  return [line?.title ?? '', unit.title];
}

export function responsibleCell({ responsible }: PolicyAction): string {
  return responsible?.said ?? NOBODY;
}

export function linkedCell({ linked }: PolicyAction): string {
  return linked.map(({ said }) => said).join(', ');
}
