import { articleWords } from '../knowledge/article-words.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Unit } from '../knowledge/unit.ts';
import { unitPath } from '../knowledge/unit-path.ts';
import type { Passage } from '../retrieval/passage.ts';
import { Citation } from './citation.ts';

/** Makes the citation of a passage. There is no other way to get one. */
export type Cite = (passage: Passage) => Citation;

/** @param baseUrl tells the address under which people reach the pages, without a slash at the end */
export function createCite(knowledge: Knowledge, baseUrl: () => string): Cite {
  return (passage) =>
    Citation.of(passage, citationLabel(passage.unit, knowledge), `${baseUrl()}${unitPath(passage.unit)}`);
}

/** What a person reads as the source: "Código de Migración, artículo 6", "Guía de trámites: Visas…". */
export function citationLabel(unit: Unit, knowledge: Knowledge): string {
  const norm = knowledge.norm(unit.norm);
  const name = norm?.shortTitle ?? norm?.title ?? unit.norm;
  if (unit.article === '*') return norm === undefined ? name : `${name}, ${norm.number}`;
  if (unit.numberConfirmed && /^\d/.test(unit.article)) return `${name}, ${articleWords(unit.article)}`;
  return `${name}: ${unit.title}`;
}
