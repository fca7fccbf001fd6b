import { fill, type Phrases } from '../answering/phrases.ts';
import type { Language } from '../knowledge/unit.ts';
import type { Place } from '../places/place.ts';
import type { NearPlace } from './nearest-places.ts';

/** Below it kilometres are told one by one, above it in fives: roads are longer than straight lines anyway. */
const EXACT_KM = 10;
const STEP_KM = 5;

/** "Tecún Umán, San Marcos", "Tapachula, México". */
export function placeName({ name, department, country }: Place, language: Language): string {
  // Where the machine lacks the names of countries in Kreyòl, those in French are understood.
  const around = department ?? new Intl.DisplayNames([language, 'fr'], { type: 'region' }).of(country);
  return around === undefined ? name : townWords(name, around);
}

/**
 * "Albergue: Casa del Migrante, Tecún Umán, a unos 30 km. Tecún Umán, San Marcos." Where it is and when it is open is
 * told in full of what is within reach, and the town alone of what is not.
 */
export function nearWords(near: NearPlace, language: Language, { location }: Phrases): string {
  const { offer, unit, whereabouts, km, isWithinReach } = near;
  const far = km === 0 ? location.same : fill(location.away, { km: String(roundKm(km)) });
  const town = townWords(whereabouts.town, whereabouts.department);
  const address = isWithinReach ? (own(near, 'address') ?? town) : town;
  return [
    `${location[offer]} ${unit.acronym ?? unit.title}, ${far}`,
    // Whoever is in the town has just been told which one it is.
    km === 0 && address === town ? '' : address,
    waysWords(near, language),
  ]
    .filter((sentence) => sentence !== '')
    .map((sentence) => `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`)
    .join(' ');
}

/** Capitals bear the name of what they are the capital of. */
function townWords(town: string, around: string): string {
  return town.includes(around) ? town : `${town}, ${around}`;
}

/** Year of the oldest public source behind these places; undefined where all of them have been checked. */
export function oldestYear(near: readonly NearPlace[]): string | undefined {
  return near
    .filter(({ unit }) => unit.review.state === 'fuente-publica')
    .map(({ unit }) => (unit.asOf ?? '').slice(0, 4))
    .filter((year) => year !== '')
    .sort()[0];
}

function waysWords(near: NearPlace, language: Language): string {
  const { phone, whatsapp } = near.unit.contact ?? {};
  const isOfUse = phone !== undefined || whatsapp !== undefined || near.isWithinReach;
  return [
    phone === undefined ? undefined : `${language === 'es' ? 'teléfono' : 'tel.'} ${phone}`,
    whatsapp === undefined ? undefined : `WhatsApp ${whatsapp}`,
    // Hours are kept in Spanish and said only in it.
    language === 'es' && isOfUse ? own(near, 'hours') : undefined,
  ]
    .filter((way) => way !== undefined)
    .join(', ');
}

/** What the directory says of the place, and of the whole institution where that is its only one. */
function own({ unit, whereabouts }: NearPlace, field: 'address' | 'hours'): string | undefined {
  return whereabouts[field] ?? (unit.places.length === 1 ? unit.contact?.[field] : undefined);
}

function roundKm(km: number): number {
  return km < EXACT_KM ? Math.max(1, Math.round(km)) : Math.round(km / STEP_KM) * STEP_KM;
}
