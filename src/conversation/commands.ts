import type { PhraseBook, Phrases } from '../answering/phrases.ts';
import { type Language, languageSchema } from '../knowledge/unit.ts';
import { words } from '../retrieval/terms.ts';

/** What a message can command or answer. */
export type CommandWord = keyof Phrases['commands'];

/** A command as recognised, and the languages that say it so. */
export interface Command {
  readonly word: CommandWord;
  readonly languages: readonly Language[];
}

/** Tells whether a message, as a whole, is one of these; undefined when it says something else. */
export type FindCommand = (text: string, among: readonly CommandWord[]) => Command | undefined;

/** Words of courtesy around a command do not change it. */
const COURTESIES = new Set([
  'por',
  'favor',
  'porfa',
  'porfavor',
  'please',
  'hola',
  'gracias',
  'thanks',
  'svp',
  'merci',
  'tanpri',
  'ya',
  'quiero',
  'todos',
]);
/** Thumbs up, OK hand and check marks, of any skin tone: a yes where one is waited for. */
const ASSENT = /^(?:[\u{1F44D}\u{1F44C}\u{2705}\u{2714}][\u{1F3FB}-\u{1F3FF}\u{FE0F}]*\s*)+$/u;

/** Folded hands, hearts and smiles. */
const GRATITUDE =
  /^(?:[\u{1F64F}\u{2764}\u{2665}\u{1F495}\u{1F499}-\u{1F49C}\u{1F9E1}\u{1F90D}\u{1F60A}\u{1F642}\u{263A}\u{1F618}\u{1F917}\u{1F44F}\u{1F91D}\u{1F64C}][\u{1F3FB}-\u{1F3FF}\u{FE0F}]*\s*)+$/u;

/** @param book whose command words, in every language, are recognised */
export function createFindCommand(book: PhraseBook): FindCommand {
  const known = new Map<string, Language[]>();
  for (const language of languageSchema.options) {
    for (const [word, phrases] of Object.entries(book[language].commands)) {
      for (const phrase of phrases) {
        const key = `${word} ${plain(phrase)}`;
        known.set(key, [...(known.get(key) ?? []), language]);
      }
    }
  }
  return (text, among) => {
    const said = plain(text);
    for (const word of among) {
      const languages = known.get(`${word} ${said}`) ?? known.get(`${word} ${withoutCourtesies(said)}`);
      if (languages !== undefined) return { word, languages };
    }
    return undefined;
  };
}

/** True for an emoji, or several, that people send for a yes. */
export function isAssent(text: string): boolean {
  return ASSENT.test(text.trim());
}

/** True for an emoji, or several, that people send for thanks. */
export function isGratitude(text: string): boolean {
  return GRATITUDE.test(text.trim());
}

function plain(phrase: string): string {
  return words(phrase).join(' ');
}

function withoutCourtesies(said: string): string {
  return said
    .split(' ')
    .filter((word) => !COURTESIES.has(word))
    .join(' ');
}
