import type { Contact, Language, Unit } from '../knowledge/unit.ts';

/** Lines of three or four figures: 110, 1555. */
const SHORT_LINE = /^\d{3,4}$/;

/**
 * An institution and how to ring or write to it, in one line: "IGM: teléfono 2411-2411, WhatsApp 3757-0902, lunes a
 * viernes, 7:00 a 15:00"; undefined when it has no such way. Hours are kept in Spanish and said only in it.
 */
export function shortContact(unit: Unit | undefined, language: Language): string | undefined {
  if (unit?.contact === undefined) return undefined;
  const ways = waysOf(unit.contact, language);
  return ways.length === 0 ? undefined : `${unit.acronym ?? unit.title}: ${ways.join(', ')}`;
}

/**
 * The same with the one way that costs least from a phone that may open only WhatsApp: a short line, which is free to
 * ring, else WhatsApp, else the first number, site or mail: "IGM, WhatsApp 3757-0902".
 */
export function briefContact(unit: Unit | undefined, language: Language): string | undefined {
  if (unit?.contact === undefined) return undefined;
  const { phone, whatsapp, site, email } = unit.contact;
  const number = phone?.split(/\s*;/)[0];
  const ring = number === undefined ? undefined : `${phoneWord(language)} ${number}`;
  const chat = whatsapp === undefined ? undefined : `WhatsApp ${whatsapp}`;
  const isShortLine = number !== undefined && SHORT_LINE.test(number);
  const way = isShortLine ? ring : (chat ?? ring ?? site ?? email);
  return way === undefined ? undefined : `${unit.acronym ?? unit.title}, ${way}`;
}

function phoneWord(language: Language): string {
  return language === 'es' ? 'teléfono' : 'tel.';
}

function waysOf({ phone, whatsapp, hours, site, email }: Contact, language: Language): readonly string[] {
  if (phone === undefined && whatsapp === undefined)
    return [site ?? email].filter((way) => way !== undefined);
  return [
    phone === undefined ? undefined : `${phoneWord(language)} ${phone}`,
    whatsapp === undefined ? undefined : `WhatsApp ${whatsapp}`,
    language === 'es' ? hours : undefined,
  ].filter((way) => way !== undefined);
}
