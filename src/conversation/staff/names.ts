import { tellingNumber } from '../../answering/cite.ts';
import { articleWords } from '../../knowledge/article-words.ts';
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

/** How a norm, or an article of it, is referred to in writing: "artículo 46 del Código de Migración, Decreto 44-2016, Congreso". */
export function referenceForm(norm: Norm, article: string | undefined): string {
  const number = tellingNumber({ ...norm, shortTitle: norm.title });
  const whole = [norm.title, number, norm.issuer].filter((part) => part !== undefined).join(', ');
  return article === undefined ? whole : `${articleWords(article)}, ${whole}`;
}

/** An institution's name with its sigla: "Ministerio de Relaciones Exteriores (MINEX)". */
export function institutionName({ title, acronym }: Unit): string {
  return acronym === undefined || title.includes(acronym) ? title : `${title} (${acronym})`;
}
