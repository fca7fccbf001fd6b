import type { ListBlock, TableBlock } from '../answering/answer.ts';

/**
 * A table as a list, for where columns have no room: the first cell, then the others under their columns' names. Empty
 * cells are left out.
 */
export function tableList({ kind: _, columns, rows, rowUnits: __, ...block }: TableBlock): ListBlock {
  return { ...block, kind: 'list', ordered: false, items: rows.map((row) => rowLine(row, columns)) };
}

function rowLine([first = '', ...others]: readonly string[], [, ...columns]: readonly string[]): string {
  const beside = others
    .map((cell, index) => (cell === '' ? '' : `${columns[index]}: ${cell}`))
    .filter((words) => words !== '');
  return beside.length === 0 ? first : `${first} — ${beside.join('; ')}`;
}
