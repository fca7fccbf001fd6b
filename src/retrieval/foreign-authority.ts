import { findCountries } from './countries.ts';

/** What a country grants, and the words that tie it to the country that grants it. */
const grants: readonly (readonly [string, string])[] = [
  [
    'visas?|visados?|vistos?|viza|pasaportes?|passports?|passaportes?|passeports?|paspo|cedulas?|green card',
    'de|del|da|do|du|d|of|para|pa|a|for|to|pour|pou',
  ],
  [
    'embajadas?|embassy|embaixadas?|ambassades?|anbasad|consulados?|consulates?|consulats?',
    'de|del|da|do|du|d|of',
  ],
  [
    'residencia|ciudadania|permisos?|asilo|refugio|residence|residency|citizenship|permits?|permis|asylum|asile|azil',
    'en|in|a|au|aux|nan|no|na',
  ],
];
const purposes = '(?:de\\s+)?(?:trabajo|turista|turismo|estudiante|work|tourist|student|permanente|temporal)';
const articles = 'la|el|los|les|the|as|os|o';

/** "visa de trabajo para México", "embajada de Honduras". */
const grantOfName = new RegExp(
  `\\b(?:${grants
    .map(([grant, ties]) => `(?:${grant})(?:\\s+${purposes})?(?:\\s+de\\s+residente)?\\s+(?:${ties})`)
    .join('|')})\\s+(?:(?:${articles})\\s+)?$`,
);
const anyGrant = grants.map(([grant]) => grant).join('|');
/** "visa americana": a people's name right behind, in the singular; "visa hondureños" tells who asks. */
const grantOfPeople = new RegExp(`\\b(?:${anyGrant})(?:\\s+${purposes})?\\s+$`);
/** "American visa", "Mexican embassy". */
const grantAfter = new RegExp(`^\\s+(?:${purposes}\\s+)?(?:${anyGrant})\\b`);
/** "US visa": in lower case "us" is also a word of everyday English, so it counts only here. */
const unitedStates = new RegExp(`\\bu\\.?s\\.?\\s+(?:u\\W)?(?:${anyGrant})\\b`);
/** Who already holds another country's visa may be asking about ours: "con visa americana, ¿puedo entrar?" */
const holds =
  /\b(?:tengo|tiene|con|with|have|avec|ai|tenho|com|gen|ak)\s+(?:(?:una?|la|el|mi|an?|my|une?|mon|uma?|meu|the)\s+)?$/;
const lookAround = 60;

/** True when a folded question asks about what another country grants, and does not speak of Guatemala. */
export function asksOtherCountry(folded: string): boolean {
  const countries = findCountries(folded);
  if (countries.some(({ group }) => group === 'guatemalan')) return false;
  const spoken = unitedStates.exec(folded);
  if (spoken !== null && !holds.test(folded.slice(Math.max(0, spoken.index - lookAround), spoken.index)))
    return true;
  return countries.some(({ start, end, by }) => {
    const before = folded.slice(Math.max(0, start - lookAround), start);
    const plural = /(?:os|es)$/.test(folded.slice(start, end));
    const match = by === 'name' ? grantOfName.exec(before) : plural ? null : grantOfPeople.exec(before);
    if (match !== null) return !holds.test(before.slice(0, match.index));
    return by === 'demonym' && grantAfter.test(folded.slice(end, end + lookAround)) && !holds.test(before);
  });
}
