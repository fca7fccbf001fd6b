import type { Contact, Language, Unit } from '../knowledge/unit.ts';

/**
 * An institution and how to ring or write to it, in one line: "IGM: teléfono 2411-2411, WhatsApp 3757-0902, lunes a
 * viernes, 7:00 a 15:00"; undefined when it has no such way. Hours are kept in Spanish and said only in it.
 */
export function shortContact(unit: Unit | undefined, language: Language): string | undefined {
  if (unit?.contact === undefined) return undefined;
  const ways = waysOf(unit.contact, language);
  return ways.length === 0 ? undefined : `${unit.acronym ?? unit.title}: ${ways.join(', ')}`;
}

function waysOf({ phone, whatsapp, hours, site, email }: Contact, language: Language): readonly string[] {
  if (phone === undefined && whatsapp === undefined)
    return [site ?? email].filter((way) => way !== undefined);
  return [
    phone === undefined ? undefined : `${language === 'es' ? 'teléfono' : 'tel.'} ${phone}`,
    whatsapp === undefined ? undefined : `WhatsApp ${whatsapp}`,
    language === 'es' ? hours : undefined,
  ].filter((way) => way !== undefined);
}
