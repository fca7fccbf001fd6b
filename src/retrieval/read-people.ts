import type { Unit } from '../knowledge/unit.ts';
import { type CountryMention, findCountries, type PeopleGroup } from './countries.ts';

/** Words right before a country's name that make it the country somebody is from. */
const origin =
  /\b(?:soy|somos|es|son|vengo|venimos|vine|viene|vienen|vino|llegue|llego|nacional(?:es)?|ciudadan[oa]s?|nacid[oa]s?|from|sou|venho|vim|veio|viens|vient|venons|soti|sot)\s+(?:(?:de|da|do|du|desde|d|of|nan|en)\s+)?(?:la\s+|el\s+|los\s+|les\s+|the\s+)?$/;
/** Words right before a people's name by which somebody says what they are themselves. */
const self =
  /\b(?:soy|somos|i am|i m|im|we are|sou|somos|je suis|nous sommes|mwen se|nou se)\s+(?:una?\s+|un\s+|une\s+|an?\s+|uma?\s+)?$/;
const lookBack = 40;

/**
 * The groups of people a folded question is about, as far as it says so; empty when it does not, or when it names
 * Guatemalans beside others, since then anybody's rules may be asked for.
 */
export function readPeople(folded: string): ReadonlySet<PeopleGroup> {
  const mentions = findCountries(folded);
  const before = ({ start }: CountryMention) => folded.slice(Math.max(0, start - lookBack), start);
  const others = mentions.filter(
    (mention) => mention.group !== 'guatemalan' && (mention.by === 'demonym' || origin.test(before(mention))),
  );
  const own = mentions.filter(({ group, by }) => group === 'guatemalan' && by === 'demonym');
  if (others.length > 0) return new Set(own.length > 0 ? [] : others.map(({ group }) => group));
  const says = mentions.some(
    (mention) =>
      mention.group === 'guatemalan' && (mention.by === 'demonym' ? self : origin).test(before(mention)),
  );
  return new Set(says ? ['guatemalan'] : []);
}

/** True when a unit is true only for people of other groups than those asked about. */
export function isForOthers({ nationality }: Unit['appliesTo'], people: ReadonlySet<PeopleGroup>): boolean {
  if (nationality === undefined || people.size === 0) return false;
  return ![...people].some(
    (group) =>
      nationality.includes(group) || (group === 'central-american' && nationality.includes('foreign')),
  );
}
