import type { Validity } from '../knowledge/unit.ts';

/** Whether something was in force on a day, `YYYY-MM-DD`; months and years alone count from their first day. */
export function isInForce(validity: Validity, day: string): boolean {
  const { status, since, until } = validity;
  if (since !== undefined && startOf(since) > day) return false;
  if (until !== undefined) return startOf(until) > day;
  return status !== 'derogado' && status !== 'anulado';
}

function startOf(partialDate: string): string {
  return `${partialDate}-01-01`.slice(0, 10);
}
