/*
 * Countries from which or to which people of the region go, as data: a person's country decides which rules are
 * theirs, and another country's visa is that country's to give. Names are whole words; demonyms are beginnings of
 * words, so that one entry serves genders, plurals and kindred languages. All folded.
 */

/** Guatemalans; citizens of the other three countries of the CA-4 convention; everybody else. */
export type PeopleGroup = 'guatemalan' | 'central-american' | 'foreign';

interface Country {
  readonly group: PeopleGroup;
  readonly names: readonly string[];
  readonly demonyms: readonly string[];
}

const list = (text: string): readonly string[] => (text === '' ? [] : text.split(', '));
const country = (group: PeopleGroup, names: string, demonyms: string): Country => ({
  group,
  names: list(names),
  demonyms: list(demonyms),
});

const countries: readonly Country[] = [
  country(
    'guatemalan',
    'guatemala, gwatemala, guate',
    'guatemaltec, guatemaltek, guatemalteq, guatemalan, chapin, gwatemaltek',
  ),
  country(
    'central-american',
    'el salvador, salvador',
    'salvadoren, salvadoran, salvadorian, salvadorien, salvadoryen, guanac',
  ),
  country('central-american', 'honduras, ondiras', 'hondur, ondiren, catrach'),
  country('central-american', 'nicaragua, nikaragwa', 'nicaraguens, nicaraguan, nikaragwayen, pinoler'),
  country('foreign', 'mexico, mexique, meksik', 'mexican, mexicain, meksiken'),
  country('foreign', 'belice, belize, beliz', 'belicen, belizean, belizien'),
  country('foreign', 'costa rica, kostarika', 'costarric, costarriqu, costa rican, tic'),
  country('foreign', 'panama', 'panamen, panamean'),
  country(
    'foreign',
    'estados unidos, eeuu, ee uu, eua, usa, united states, etats unis, etazini',
    'american, norteamerican, estadounidens, gring, americain, ameriken',
  ),
  country('foreign', 'canada, kanada', 'canadiens, canadian, kanadyen'),
  country('foreign', 'cuba, kiba', 'cuban, cubain, kiben'),
  country('foreign', 'haiti, ayiti', 'haitian, haitien, ayisyen'),
  country(
    'foreign',
    'republica dominicana, dominican republic, republique dominicaine, dominikani',
    'dominican, dominicain, dominiken',
  ),
  country('foreign', 'venezuela, veneswela', 'venezolan, venezuelan, venezuelien, veneswelyen, venec'),
  country('foreign', 'colombia, colombie, kolonbi', 'colombian, colombien, kolonbyen'),
  country('foreign', 'ecuador, equador, equateur, ekwate', 'ecuatorian, ecuadorian, equatorian, equatorien'),
  country('foreign', 'peru, perou', 'peruan, peruvian, peruvien'),
  country('foreign', 'bolivia, bolivie', 'bolivian, bolivien'),
  country(
    'foreign',
    'brasil, brazil, bresil, brezil',
    'brasilen, brasileir, brazilian, bresilien, brezilyen',
  ),
  country('foreign', 'chile, chili', 'chilen, chilean, chilien, chilyen'),
  country('foreign', 'argentina, argentine', 'argentin'),
  country('foreign', 'uruguay', 'uruguay'),
  country('foreign', 'paraguay', 'paraguay'),
  country('foreign', 'espana, spain, espanha, espagne, espay', 'espanol, spaniard, espagnol'),
  country('foreign', 'portugal, potigal', 'portugu'),
  country('foreign', 'francia, france, franca, frans', 'frances, francais, french'),
  country('foreign', 'italia, italy, italie', 'italian, italien'),
  country('foreign', 'alemania, germany, alemanha, allemagne', 'aleman, german, allemand, alema'),
  country(
    'foreign',
    'inglaterra, reino unido, england, united kingdom, angleterre',
    'ingles, britanic, british, anglais',
  ),
  country('foreign', 'china, chine', 'chin, chinoi'),
  country('foreign', 'india, inde', 'indian, hindu, indien'),
  country('foreign', 'rusia, russia, russie', 'rus, russ'),
  country('foreign', 'ucrania, ukraine', 'ucranian, ukrainian, ukrainien'),
  country('foreign', 'siria, syria, syrie', 'siri, syrian, syrien'),
  country('foreign', 'afganistan, afghanistan', 'afgan, afghan'),
  country('foreign', 'nigeria', 'nigerian'),
  country('foreign', 'camerun, cameroon, camaroes, cameroun', 'cameru, cameroon, camerouna'),
  country('foreign', 'congo', 'congol'),
  country('foreign', 'angola', 'angolan, angolen'),
  country('foreign', 'cabo verde, cape verde, cap vert', 'caboverdian, cabo verdian, cape verdean'),
  country('foreign', 'senegal', 'senegal'),
  country('foreign', 'ghana', 'ghan'),
];

/** A country named in a text, or a people. */
export interface CountryMention {
  readonly group: PeopleGroup;
  readonly by: 'name' | 'demonym';
  readonly start: number;
  readonly end: number;
}

const endings = '(?:o|a|os|as|e|es|s|h[oa]s?|n[oa]s?|ses?|ne|nes|enne|ennes|yen|an|ans|en|ens|ien|iens|n)?';
const patterns = countries.map(({ group, names, demonyms }) => ({
  group,
  name: new RegExp(`\\b(?:${names.join('|')})\\b`, 'g'),
  demonym: new RegExp(`\\b(?:${demonyms.join('|')})${endings}\\b`, 'g'),
}));

/** Most texts name no country at all, and one look tells. */
const any = new RegExp(
  `\\b(?:${countries.flatMap(({ names, demonyms }) => [...names, ...demonyms]).join('|')})`,
);

/** The countries and peoples a folded text names, in order. */
export function findCountries(folded: string): readonly CountryMention[] {
  if (!any.test(folded)) return [];
  return patterns
    .flatMap(({ group, name, demonym }) => [
      ...locate(folded, name).map((span) => ({ ...span, group, by: 'name' as const })),
      ...locate(folded, demonym).map((span) => ({ ...span, group, by: 'demonym' as const })),
    ])
    .sort((a, b) => a.start - b.start);
}

function locate(folded: string, pattern: RegExp) {
  return [...folded.matchAll(pattern)].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
}
