import { tellingNumber } from '../../answering/cite.ts';
import { articleWords } from '../../knowledge/article-words.ts';
import { fold } from '../../knowledge/fold.ts';
import type { Norm, Unit } from '../../knowledge/unit.ts';

/** What people call a norm. */
export function normName({ shortTitle, title }: Norm): string {
  return shortTitle ?? title;
}

/** A norm's name and its number where it adds to it: "Código de Migración (Decreto 44-2016)". */
export function numberedName(norm: Norm): string {
  const number = tellingNumber(norm);
  return number === undefined ? normName(norm) : `${normName(norm)} (${number})`;
}

/** First words of names that take "la"; the others take "el". */
const FEMININE =
  /^(?:ley|constitucion|convencion|politica|declaracion|reforma|residencia|multa|comision|derogatoria|visa|resolucion)/;

/** A name after "de", with its article: "del Código de Migración", "de la Constitución". */
export function ofThe(name: string): string {
  const first = fold(name).split(/[^a-z]/)[0] ?? '';
  const isPlural = /(?:es|[ao]s)$/.test(first) && first !== 'mirps';
  if (FEMININE.test(first)) return isPlural ? `de las ${name}` : `de la ${name}`;
  return isPlural ? `de los ${name}` : `del ${name}`;
}

/** How a norm, or an article of it, is referred to: "artículo 46 del Código de Migración, Decreto 44-2016 (Congreso de la República)". */
export function referenceForm(norm: Norm, article: string | undefined): string {
  // What stands in brackets at its end tells it from others in the catalogue, and is no part of its title.
  const title = norm.title.replace(/\s*\((?:\d{4}|anterior)\)$/, '');
  const number = /\d/.test(norm.number) && !title.includes(norm.number) ? `, ${norm.number}` : '';
  const name = article === undefined ? title : `${articleWords(article)} ${ofThe(title)}`;
  return norm.issuer.includes('(') ? `${name}${number}, ${norm.issuer}` : `${name}${number} (${norm.issuer})`;
}

/** An institution's name with its sigla: "Ministerio de Relaciones Exteriores (MINEX)". */
export function institutionName({ title, acronym }: Unit): string {
  return acronym === undefined || title.includes(acronym) ? title : `${title} (${acronym})`;
}
