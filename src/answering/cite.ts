import { articleWords, isArticleNumber } from '../knowledge/article-words.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Norm, Unit } from '../knowledge/unit.ts';
import { unitPath } from '../knowledge/unit-path.ts';
import { validityWords } from '../knowledge/validity-words.ts';
import type { Passage } from '../retrieval/passage.ts';
import { Citation } from './citation.ts';
import { type Days, validityWordsOn } from './validity-on.ts';

/**
 * Makes the citation of a passage; there is no other way to get one. It tells the validity on the day asked about, or
 * today's where no day is given.
 */
export type Cite = (passage: Passage, days?: Days) => Citation;

/** @param baseUrl tells the address under which people reach the pages, without a slash at the end */
export function createCite(knowledge: Knowledge, baseUrl: () => string): Cite {
  return (passage, days) =>
    Citation.of(passage, {
      label: citationLabel(passage.unit, knowledge),
      url: `${baseUrl()}${unitPath(passage.unit)}`,
      stateWords: stateWords(passage.unit, knowledge, days),
    });
}

/** What a person reads as the source: "Código de Migración, artículo 6", "Guía de trámites: Visas…". */
export function citationLabel(unit: Unit, knowledge: Knowledge): string {
  const norm = knowledge.norm(unit.norm);
  const name = norm?.shortTitle ?? norm?.title ?? unit.norm;
  const number = norm === undefined ? undefined : tellingNumber(norm);
  if (unit.article === '*') return number === undefined ? name : `${name}, ${number}`;
  if (unit.numberConfirmed && isArticleNumber(unit.article)) return `${name}, ${articleWords(unit.article)}`;
  return `${name}: ${unit.title}`;
}

/** A norm's number where it adds to its name: "por confirmar" is none. */
export function tellingNumber({ shortTitle, title, number }: Norm): string | undefined {
  return /\d/.test(number) && !(shortTitle ?? title).includes(number) ? number : undefined;
}

function stateWords(
  { kind, norm, validity }: Unit,
  knowledge: Knowledge,
  days: Days | undefined,
): string | undefined {
  if (kind !== 'norm' && kind !== 'article') return undefined;
  return days === undefined
    ? validityWords(validity)
    : validityWordsOn(validity, days, knowledge.norm(norm)?.date);
}
