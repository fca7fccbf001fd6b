import type { ShownCitation } from '../answering/citation.ts';
import type { Language, ValidityStatus } from '../knowledge/unit.ts';
import { validityWords } from '../knowledge/validity-words.ts';
import type { Reply } from './channel.ts';
import { SAYS_SO } from './render-plain.ts';
import { plainWords } from './render-whatsapp-text.ts';

/** More sources than these are read by nobody on a phone; the main one comes first. */
export const MOST_SOURCES = 2;

/** What a state comes to where it is no date that matters; Spanish has its own words. */
const STATES: Readonly<Record<Exclude<Language, 'es'>, Readonly<Partial<Record<ValidityStatus, string>>>>> = {
  en: {
    derogado: 'no longer in force',
    anulado: 'annulled',
    'por-confirmar': 'not confirmed to be in force',
  },
  pt: { derogado: 'já não está em vigor', anulado: 'anulado', 'por-confirmar': 'vigência por confirmar' },
  fr: {
    derogado: "n'est plus en vigueur",
    anulado: 'annulé',
    'por-confirmar': 'en vigueur, à confirmer',
  },
  ht: { derogado: 'pa an vigè ankò', anulado: 'anile', 'por-confirmar': 'poko konfime si li an vigè' },
};

/** What a reply rests on, in one line; undefined when it rests on nothing. */
export function sourcesLine({ citations, language }: Reply): string | undefined {
  const named = [...new Set(citations.map((citation) => nameOf(citation, language)))];
  if (named.length === 0) return undefined;
  return plainWords(`${SAYS_SO[language]} ${named.slice(0, MOST_SOURCES).join('; ')}`);
}

/** The one address a message carries: the main source's, where it is safe; without https it alarms more than it helps. */
export function sourceLink({ citations }: Reply): string | undefined {
  const url = citations[0]?.url;
  return url?.startsWith('https://') ? url : undefined;
}

function nameOf(citation: ShownCitation, language: Language): string {
  const state = stateOf(citation, language);
  return state === undefined ? citation.label : `${citation.label} (${state})`;
}

/** Only what is not plainly in force says so: since when it is in force is noise to who needs a paper. */
function stateOf({ validity, stateWords }: ShownCitation, language: Language): string | undefined {
  if (stateWords === undefined || /^vigente(?! hoy)/.test(stateWords)) return undefined;
  const isToday = stateWords === validityWords(validity);
  return language === 'es' || !isToday ? stateWords : (STATES[language][validity.status] ?? stateWords);
}
