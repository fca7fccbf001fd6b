import type { Knowledge } from './knowledge.ts';
import type { Review, ValidityStatus } from './unit.ts';

/** One row of `orienta knowledge list`. */
export interface UnitRow {
  readonly id: string;
  readonly title: string;
  readonly review: Review['state'];
  readonly validity: ValidityStatus;
}

/** The units by id, all of them or only those nobody has validated yet. */
export function listUnits(
  knowledge: Knowledge,
  options: { readonly unvalidated?: boolean } = {},
): readonly UnitRow[] {
  return [...knowledge.units.values()]
    .filter((unit) => options.unvalidated !== true || unit.review.state !== 'validado')
    .map((unit) => ({
      id: unit.id,
      title: unit.title,
      review: unit.review.state,
      validity: unit.validity.status,
    }))
    .toSorted((a, b) => a.id.localeCompare(b.id, 'es', { numeric: true }));
}
