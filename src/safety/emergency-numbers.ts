import type { Knowledge } from '../knowledge/knowledge.ts';
import type { AroundFile } from './danger-book.ts';

/** A Guatemalan number that can be rung from another country. */
const FULL_NUMBER = /\b\d{4}-\d{4}\b/;

/** The line of an institution, as the directory states it; undefined when it has none. */
export function lineNumber(
  knowledge: Knowledge,
  { institution, emergency }: AroundFile['numbers'][string],
): string | undefined {
  return knowledge.lines.find(
    (line) => line.institution === institution && line.emergency === emergency && line.confidence !== 'low',
  )?.number;
}

/** The number of an institution for a phone abroad, `+502 2424-1717`; undefined when the directory has none. */
export function numberFromAbroad(knowledge: Knowledge, institution: string): string | undefined {
  const full = FULL_NUMBER.exec(knowledge.units.get(institution)?.contact?.phone ?? '')?.[0];
  return full === undefined ? undefined : `+502 ${full}`;
}

/** The towns in which institutions attend, as the directory states them; empty when it tells none. */
export function townsOf(knowledge: Knowledge, institutions: readonly string[]): readonly string[] {
  const places = institutions.flatMap((id) => knowledge.units.get(id)?.places ?? []);
  return [...new Set(places.map(({ town }) => town))];
}
