import type { PhraseBook, Phrases } from '../answering/phrases.ts';
import { languageSchema } from '../knowledge/unit.ts';
import { words } from '../retrieval/terms.ts';

/** What a message can command or answer. */
export type CommandWord = keyof Phrases['commands'];

/** Tells whether a message, as a whole, is one of these; undefined when it says something else. */
export type FindCommand = (text: string, among: readonly CommandWord[]) => CommandWord | undefined;

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

/** @param book whose command words, in every language, are recognised */
export function createFindCommand(book: PhraseBook): FindCommand {
  const known: Record<CommandWord, Set<string>> = { erase: new Set(), yes: new Set(), no: new Set() };
  for (const language of languageSchema.options) {
    const { erase, yes, no } = book[language].commands;
    for (const phrase of erase) known.erase.add(plain(phrase));
    for (const phrase of yes) known.yes.add(plain(phrase));
    for (const phrase of no) known.no.add(plain(phrase));
  }
  return (text, among) => {
    const said = plain(text);
    return among.find((command) => known[command].has(said) || known[command].has(withoutCourtesies(said)));
  };
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
