import type { Block } from '../../answering/answer.ts';
import { validityWarning } from '../../answering/notices.ts';
import { articleWords, isArticleNumber } from '../../knowledge/article-words.ts';
import { type Knowledge, speaks } from '../../knowledge/knowledge.ts';
import type { Norm, Unit } from '../../knowledge/unit.ts';
import { type DeskAnswer, type DeskChoice, type DeskLimits, notHeld, offerList } from './desk-answer.ts';
import type { NormQuery } from './find-norm.ts';
import { normName, numberedName, ofThe, referenceForm } from './names.ts';
import { type NormLookupParts, reviewBlock, wordsBlock } from './norm-blocks.ts';

const MOST_OTHERS = 6;
const MOST_NEAREST = 6;

/** The articles asked for, or that they are not held; the same number in other norms, where it may be meant. */
export function articlesAnswer(
  query: NormQuery,
  limits: DeskLimits,
  parts: NormLookupParts,
): DeskAnswer | undefined {
  const found = query.articles.map((article) => ({ article, unit: unitOf(query, article, limits, parts) }));
  const held = found.flatMap(({ unit }) => unit ?? []);
  const missing = found.filter(({ unit }) => unit === undefined).map(({ article }) => article);
  const others = query.articles.flatMap((article) => heldElsewhere(query, article, limits, parts));
  const choices = others.slice(0, MOST_OTHERS).map((unit) => articleChoice(unit, parts.knowledge));
  if (held.length === 0) return missingAnswer(query, choices, parts);
  const [first] = held;
  const norm = first === undefined ? undefined : parts.knowledge.norm(first.norm);
  if (first === undefined || norm === undefined) return undefined;
  return {
    kind: 'answer',
    blocks: [
      ...held.flatMap((unit) => articleBlocks(unit, limits, parts)),
      ...(missing.length === 0
        ? []
        : [{ kind: 'paragraph', text: missingWords(missing), worth: 'warning' } as const]),
      ...(choices.length === 0 ? [] : [offerList('El mismo número en otras normas:', choices)]),
    ],
    units: held,
    topic: `artículo ${held.map(({ article }) => article).join(', ')} de ${numberedName(norm)}`,
    choices,
  };
}

/** The article in the likeliest of the norms named; where none was named, in the one people mean. */
function unitOf(
  { norms, named }: NormQuery,
  article: string,
  { audience }: DeskLimits,
  { findReferences }: NormLookupParts,
): Unit | undefined {
  if (named === 'none') return findReferences(`artículo ${article}`, audience).exact[0];
  const found = norms.map(
    (norm) => findReferences(`artículo ${article} de ${asWritten(norm)}`, audience).exact[0],
  );
  return found.find((one) => one !== undefined);
}

/** A norm so that reading finds it and no other. */
function asWritten(norm: Norm): string {
  return norm.id.replaceAll('-', ' ');
}

/** Where the number stands in other norms: when none was named, or the one that was does not hold it. */
function heldElsewhere(
  query: NormQuery,
  article: string,
  limits: DeskLimits,
  parts: NormLookupParts,
): readonly Unit[] {
  if (query.named === 'surely' && unitOf(query, article, limits, parts) !== undefined) return [];
  const { exact, alternatives } = parts.findReferences(`artículo ${article}`, limits.audience);
  const all = query.named === 'none' ? alternatives : [...exact, ...alternatives];
  return all.filter((unit) => !query.norms.some(({ id }) => id === unit.norm));
}

function articleBlocks(unit: Unit, limits: DeskLimits, parts: NormLookupParts): readonly Block[] {
  const norm = parts.knowledge.norm(unit.norm);
  const number =
    unit.numberConfirmed && isArticleNumber(unit.article) ? articleWords(unit.article) : undefined;
  const name = norm === undefined ? unit.norm : numberedName(norm);
  const heading = [name, number].filter((part) => part !== undefined).join(', ');
  return [
    ...validityWarning(unit, parts.knowledge, limits),
    wordsBlock(`${heading}. ${unit.title}`, unit),
    ...(norm === undefined || number === undefined
      ? []
      : [
          {
            kind: 'paragraph',
            text: `Cómo se cita: ${referenceForm(norm, unit.article)}.`,
            unit: unit.id,
          } as const,
        ]),
    reviewBlock(unit, limits, parts),
  ];
}

function missingAnswer(
  { norms: [norm], articles }: NormQuery,
  choices: readonly DeskChoice[],
  { knowledge }: NormLookupParts,
): DeskAnswer {
  const held = norm === undefined ? [] : nearestArticles(norm, articles[0] ?? '', knowledge);
  const has = held.length === 0 ? '' : ` De esa norma sí tengo, entre los más cercanos: ${held.join(', ')}.`;
  return notHeld(`${missingWords(articles, norm)}${has}`, 'El mismo número en otras normas:', choices);
}

function missingWords(articles: readonly string[], norm?: Norm): string {
  const asked = articles.length === 1 ? `el artículo ${articles[0]}` : `los artículos ${articles.join(', ')}`;
  return `No tengo cargado ${asked}${norm === undefined ? '' : ` ${ofThe(numberedName(norm))}`}.`;
}

/** The numbers of a norm's articles nearest to one, in order. */
function nearestArticles(norm: Norm, asked: string, knowledge: Knowledge): readonly string[] {
  const away = (article: string) => Math.abs(Number.parseInt(article, 10) - Number.parseInt(asked, 10));
  return [...knowledge.units.values()]
    .filter((unit) => unit.norm === norm.id && speaks(unit))
    .filter(({ numberConfirmed, article }) => numberConfirmed && isArticleNumber(article))
    .map(({ article }) => article)
    .sort((a, b) => away(a) - away(b))
    .slice(0, MOST_NEAREST)
    .sort((a, b) => a.localeCompare(b, 'es', { numeric: true }));
}

function articleChoice(unit: Unit, knowledge: Knowledge): DeskChoice {
  const norm = knowledge.norm(unit.norm);
  const name = norm === undefined ? unit.norm : normName(norm);
  return {
    label: `${name}, ${articleWords(unit.article)}: ${unit.title}`,
    ask: `norma artículo ${unit.article} de ${unit.norm.replaceAll('-', ' ')}`,
  };
}
