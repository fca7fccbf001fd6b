import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Claim, Language, Line, Unit } from '../knowledge/unit.ts';
import { NEAR_ENOUGH, type Passage } from '../retrieval/passage.ts';
import { isDirectoryEntry } from './choose-lead.ts';
import { briefContact, shortContact } from './contact-words.ts';
import { fill, type Phrases } from './phrases.ts';
import { claimsOf } from './select-claims.ts';

const MOST_CONTACTS = 2;
/** A Guatemalan number as people read it out. */
const PHONE = /\b\d{4}-\d{4}\b/;
const IGM = 'directorio/igm';

/** Where to go on, in the language named. */
export interface NextStep {
  readonly text: string;
  /** The same with one way to one institution, for a small screen. */
  readonly brief: string;
  readonly lang: Language;
}

/**
 * Where to go on: the numbers the unit itself gives, else the institutions it names or that were found beside it, else
 * IGM's. Undefined where the answer has said it already.
 */
export function nextStep(
  { unit }: Passage,
  said: readonly Claim[],
  passages: readonly Passage[],
  speech: { readonly knowledge: Knowledge; readonly phrases: Phrases; readonly language: Language },
): NextStep | undefined {
  if (isDirectoryEntry(unit)) return undefined;
  const own = claimsOf(unit, 'contact').filter(({ text }) => PHONE.test(text));
  if (own.length > 0) return ownStep(own.filter((claim) => !said.includes(claim)));
  const { knowledge, language } = speech;
  const named = unit.see.map((id) => knowledge.units.get(id)).filter((seen) => seen !== undefined);
  const beside = passages.filter(({ score }) => score >= NEAR_ENOUGH).map((passage) => passage.unit);
  const entries = [named, beside]
    .map((units) => entriesOf(units, unit.audience, language))
    .find((found) => found.length > 0) ?? [knowledge.units.get(IGM)];
  return entryStep(
    entries.slice(0, MOST_CONTACTS).filter((entry) => !isSaidBy(entry, said)),
    speech,
  );
}

function ownStep(unsaid: readonly Claim[]): NextStep | undefined {
  const shown = unsaid.slice(0, MOST_CONTACTS);
  const [first] = shown;
  if (first === undefined) return undefined;
  const brief = (shown.find(isChat) ?? first).text;
  return { text: shown.map(({ text }) => text).join(' '), brief, lang: 'es' };
}

function entryStep(
  entries: readonly (Unit | undefined)[],
  { phrases, language }: { readonly phrases: Phrases; readonly language: Language },
): NextStep | undefined {
  if (entries.length === 0) return undefined;
  const filled = (phrase: string, contacts: readonly (string | undefined)[]) =>
    fill(phrase, { contacto: contacts.filter((contact) => contact !== undefined).join('; ') || 'IGM' });
  const [first] = entries;
  return {
    text: filled(
      phrases.next,
      entries.map((entry) => shortContact(entry, language)),
    ),
    brief: filled(phrases.nextBrief, [briefContact(first, language)]),
    lang: language,
  };
}

/** Whether an institution's number, or its site where it has none, has been said. */
function isSaidBy(entry: Unit | undefined, said: readonly Claim[]): boolean {
  const { phone, whatsapp, site, email } = entry?.contact ?? {};
  const ways = [phone?.split(/\s*;/)[0], whatsapp].filter((way) => way !== undefined);
  const known = ways.length > 0 ? ways : [site ?? email].filter((way) => way !== undefined);
  return said.some(({ text }) => known.some((way) => ` ${text}`.includes(` ${way}`)));
}

/** Whether a sentence gives a WhatsApp: from a phone that may open only that, it costs nothing. */
function isChat({ text }: Claim): boolean {
  return text.includes('WhatsApp');
}

function entriesOf(units: readonly Unit[], audience: Unit['audience'], language: Language): readonly Unit[] {
  return units
    .filter((unit) => isDirectoryEntry(unit) && (audience === 'staff' || unit.audience === 'public'))
    .filter((unit) => shortContact(unit, language) !== undefined);
}

/** How to reach IGM, from the directory. */
export function igmContact(knowledge: Knowledge, language: Language): string {
  return shortContact(knowledge.units.get(IGM), language) ?? 'IGM';
}

/** IGM's telephone number, from the directory. */
export function igmPhone(knowledge: Knowledge): string | undefined {
  return knowledge.units.get(IGM)?.contact?.phone;
}

/** The numbers to ring in danger, from the directory; undefined when it does not surely hold them all. */
export function emergencyWords(knowledge: Knowledge, phrases: Phrases): string | undefined {
  const sure = (institution: string, suits: (line: Line) => boolean) =>
    knowledge.lines.find(
      (line) => line.institution === institution && line.confidence === 'high' && suits(line),
    )?.number;
  const police = sure('directorio/pnc', ({ emergency }) => emergency);
  const rescue = sure('directorio/linea-122', ({ emergency }) => emergency);
  const rights = sure('directorio/pdh', () => true);
  if (police === undefined || rescue === undefined || rights === undefined) return undefined;
  return fill(phrases.emergency, { policia: police, bomberos: rescue, derechos: rights });
}
