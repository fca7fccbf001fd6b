import type { Rule } from '../corpus.ts';

/** What is internal must be marked staff: a forgotten mark would show it to everybody. */
export const internalIsStaff: Rule = ({ placedUnits }) =>
  placedUnits
    .filter(
      ({ unit, file }) =>
        unit.audience !== 'staff' && (unit.kind === 'internal' || file.startsWith('internal/')),
    )
    .map((placed) => placed.at(['audience'], 'es interna pero no dice «audience: staff»; agréguelo'));
