import { fold } from '../../knowledge/fold.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Unit } from '../../knowledge/unit.ts';
import { isStopWord, stem, words } from '../../retrieval/terms.ts';
import { type Named, nearNames, slipOf } from './near-names.ts';

/** The institutions of the directory, by the names under which people write them. */
export interface Institutions {
  /** Those that a sigla, a name or another name means; several where one name is of several. */
  find(said: string): readonly Unit[];
  /** The one whose sigla or own name this is, as the policy writes them: no other name counts. */
  official(said: string): Unit | undefined;
  /** What is called nearly so. */
  near(said: string): readonly Unit[];
}

const MOST_NEAR = 5;

/** Reads the directory once. */
export function createInstitutions(knowledge: Knowledge): Institutions {
  const units = [...knowledge.units.values()].filter(({ kind }) => kind === 'institution');
  const official = new Map<string, Unit>();
  const other = new Map<string, Unit[]>();
  for (const unit of units) {
    for (const name of ownNames(unit)) if (!official.has(key(name))) official.set(key(name), unit);
    for (const alias of unit.aliases) other.set(key(alias), [...(other.get(key(alias)) ?? []), unit]);
  }
  const named = units.map(
    (unit): Named<Unit> => ({ value: unit, names: [...ownNames(unit), ...unit.aliases] }),
  );
  return {
    official: (said) => official.get(key(said)),
    find: (said) => {
      const exact = official.get(key(said));
      if (exact !== undefined) return [exact];
      const aliased = other.get(key(said));
      if (aliased !== undefined) return aliased;
      const partly = byWords(said, named);
      if (partly.length > 0) return partly;
      const slip = slipOf(key(said), named);
      return slip === undefined ? [] : [slip];
    },
    near: (said) => nearNames(key(said), named, MOST_NEAR),
  };
}

/** A name without accents, dots and the small words between: "la M.P." is "mp". */
export function key(name: string): string {
  const letters = fold(name)
    .replace(/\b([a-z])\.(?=[a-z]\b)/g, '$1')
    .replace(/\./g, ' ');
  const kept = words(letters).filter((word) => !isStopWord(word) || /\d/.test(word));
  return kept.join(' ');
}

/** Its sigla, its title, and the parts of a title such as "IGM: Subdirección de Extranjería" or "Banrural (banco)". */
function ownNames({ title, acronym, id }: Unit): readonly string[] {
  const parts = [title, title.replace(/\([^)]*\)/g, ' '), title.split(': ')[1], acronym, id.split('/')[1]];
  return parts.filter((part) => part !== undefined);
}

/** Institutions one name of which holds all the words said: "trabajo" is the ministry's. */
function byWords(said: string, named: readonly Named<Unit>[]): readonly Unit[] {
  const asked = key(said).split(' ').filter(Boolean).map(stem);
  if (asked.length === 0) return [];
  return named
    .filter(({ names }) =>
      names.some((name) => asked.every((one) => key(name).split(' ').map(stem).includes(one))),
    )
    .map(({ value }) => value);
}
