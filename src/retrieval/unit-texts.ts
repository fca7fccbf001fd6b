import { type Knowledge, speakingClaims, speaks } from '../knowledge/knowledge.ts';
import type { Audience, Unit } from '../knowledge/unit.ts';

/** The questions of a unit, of all languages. */
export function questionsOf(unit: Unit): readonly string[] {
  const { es, en, pt, fr, ht } = unit.questions;
  return [...es, ...en, ...pt, ...fr, ...ht];
}

/** Names under which a unit is looked for, besides its title. */
export function namesOf(unit: Unit): readonly string[] {
  return unit.acronym === undefined ? unit.aliases : [unit.acronym, ...unit.aliases];
}

/** What a unit says, without what is not sure enough to be said. */
export function statementsOf(unit: Unit): readonly string[] {
  return [...unit.plain, ...speakingClaims(unit).map(({ text }) => text)];
}

/** Everything that can lead to a unit, as one text. */
export function wholeText(unit: Unit): string {
  return [unit.title, ...namesOf(unit), ...statementsOf(unit), ...questionsOf(unit)].join('\n');
}

/** A text that becomes a vector, and the place in the shelf of the unit it leads to. */
export interface Entry {
  readonly unit: number;
  /** `whole` is all that leads to a unit; each question besides is an entry of its own. */
  readonly role: 'whole' | 'question';
  readonly text: string;
}

/**
 * The units of one audience, kept apart from the other's in every part of the index: so no staff unit can be
 * returned to the public, push a public one out, or weigh on its score.
 */
export interface Shelf {
  readonly audience: Audience;
  readonly units: readonly Unit[];
  /** The entries of one unit stand together, the whole one first. */
  readonly entries: readonly Entry[];
}

/** The units that can be found, by audience; those with nothing to say are left out. */
export function fillShelves(knowledge: Knowledge): readonly Shelf[] {
  return (['public', 'staff'] as const).map((audience) => {
    const units = [...knowledge.units.values()].filter((unit) => unit.audience === audience && speaks(unit));
    return { audience, units, entries: units.flatMap(entriesOf) };
  });
}

function entriesOf(unit: Unit, place: number): readonly Entry[] {
  return [
    { unit: place, role: 'whole', text: wholeText(unit) },
    ...questionsOf(unit).map((text): Entry => ({ unit: place, role: 'question', text })),
  ];
}
