import type { Block } from '../../answering/answer.ts';
import { claimWords } from '../../answering/claim-words.ts';
import { reviewNotice, validityWarning } from '../../answering/notices.ts';
import type { PhraseBook } from '../../answering/phrases.ts';
import { articleWords, isArticleNumber } from '../../knowledge/article-words.ts';
import { type Knowledge, speakingClaims, speaks } from '../../knowledge/knowledge.ts';
import type { Norm, Unit } from '../../knowledge/unit.ts';
import type { ReferenceFinder } from '../../retrieval/find-references.ts';
import {
  type DeskAnswer,
  type DeskChoice,
  type DeskLimits,
  type Lookup,
  notHeld,
  offerList,
} from './desk-answer.ts';
import type { NormFinder, NormQuery } from './find-norm.ts';
import { normName, numberedName, ofThe, referenceForm } from './names.ts';
import { normFacts } from './norm-facts.ts';

/** What looking norms up needs. */
export interface NormLookupParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly findReferences: ReferenceFinder;
  readonly finder: NormFinder;
}

/** More words than that describe a matter and name no norm. */
const MOST_WORDS = 6;
const MOST_OTHERS = 6;
const MOST_NEAREST = 6;
const USAGE =
  'Escriba qué norma: su número, su nombre o un artículo. Por ejemplo: norma 46, norma Código de Migración.';

/** Answers "norma 46", "norma 46 de la Constitución", "norma Decreto 44-2016": the words, how they are cited, whether they hold. */
export function createNormLookup(parts: NormLookupParts): Lookup {
  return (argument, limits) => {
    if (argument === '') return notHeld(USAGE, '', []);
    const query = parts.finder.find(argument, limits.audience);
    if (query.articles.length > 0) return articlesAnswer(query, argument, limits, parts);
    const [norm, ...others] = query.norms;
    if (norm !== undefined) return normAnswer(norm, others, limits, parts);
    if (argument.split(/\s+/).length > MOST_WORDS) return undefined;
    return missing(argument, limits, parts);
  };
}

function normAnswer(
  norm: Norm,
  others: readonly Norm[],
  limits: DeskLimits,
  parts: NormLookupParts,
): DeskAnswer | undefined {
  const unit = parts.knowledge.units.get(`${norm.id}/*`);
  if (unit === undefined) return undefined;
  const choices = others.slice(0, MOST_OTHERS).map((other) => normChoice(other));
  return {
    kind: 'answer',
    blocks: [
      ...validityWarning(unit, parts.knowledge, limits),
      wordsBlock(numberedName(norm), unit),
      { kind: 'paragraph', text: `Cómo se cita: ${referenceForm(norm, undefined)}.`, unit: unit.id },
      {
        kind: 'list',
        title: 'Datos:',
        ordered: false,
        items: normFacts(norm, limits, parts.knowledge),
        unit: unit.id,
      },
      notice(unit, limits, parts),
      ...(choices.length === 0 ? [] : [offerList('También puede referirse a:', choices)]),
    ],
    units: [unit],
    topic: numberedName(norm),
    choices,
  };
}

function articlesAnswer(
  query: NormQuery,
  argument: string,
  limits: DeskLimits,
  parts: NormLookupParts,
): DeskAnswer | undefined {
  const held = query.articles.flatMap((article) => unitsOf(query, article, limits, parts));
  const others = query.articles.flatMap((article) => heldElsewhere(query, article, limits, parts));
  const choices = others.slice(0, MOST_OTHERS).map((unit) => articleChoice(unit, parts.knowledge));
  if (held.length === 0) return missingArticle(query, argument, choices, limits, parts);
  const [first] = held;
  const norm = first === undefined ? undefined : parts.knowledge.norm(first.norm);
  if (first === undefined || norm === undefined) return undefined;
  return {
    kind: 'answer',
    blocks: [
      ...held.flatMap((unit) => articleBlocks(unit, limits, parts)),
      ...(choices.length === 0 ? [] : [offerList('El mismo número en otras normas:', choices)]),
    ],
    units: held,
    topic: `artículo ${held.map(({ article }) => article).join(', ')} de ${numberedName(norm)}`,
    choices,
  };
}

/** The article in the likeliest of the norms named; where none was named, in the one people mean. */
function unitsOf(
  query: NormQuery,
  article: string,
  { audience }: DeskLimits,
  { findReferences }: NormLookupParts,
): readonly Unit[] {
  if (query.named === 'none' || query.named === 'unknown') {
    return query.named === 'none' ? findReferences(`artículo ${article}`, audience).exact : [];
  }
  const found = query.norms.map(
    (norm) => findReferences(`artículo ${article} de ${asWritten(norm)}`, audience).exact[0],
  );
  const unit = found.find((one) => one !== undefined);
  return unit === undefined ? [] : [unit];
}

/** A norm so that reading finds it and no other. */
function asWritten(norm: Norm): string {
  return norm.id.replaceAll('-', ' ');
}

function heldElsewhere(
  query: NormQuery,
  article: string,
  { audience }: DeskLimits,
  { findReferences }: NormLookupParts,
): readonly Unit[] {
  if (query.named === 'surely' && unitsAreHeld()) return [];
  const { exact, alternatives } = findReferences(`artículo ${article}`, audience);
  const all = query.named === 'none' ? alternatives : [...exact, ...alternatives];
  return all.filter((unit) => !query.norms.some(({ id }) => id === unit.norm));

  function unitsAreHeld(): boolean {
    return query.norms.some(
      (norm) => findReferences(`artículo ${article} de ${asWritten(norm)}`, audience).exact.length > 0,
    );
  }
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
    notice(unit, limits, parts),
  ];
}

/** What the unit says, whole, under its name; the sentence that only tells what it is about comes last. */
function wordsBlock(name: string, unit: Unit): Block {
  const claims = speakingClaims(unit);
  const ordered = [
    ...claims.filter(({ part }) => part !== 'basis'),
    ...claims.filter(({ part }) => part === 'basis'),
  ];
  const items = unit.plain.length > 0 ? unit.plain : ordered.map(claimWords);
  return {
    kind: 'list',
    title: `${name}. En palabras sencillas:`,
    ordered: false,
    items,
    worth: 'lead',
    unit: unit.id,
  };
}

function notice(unit: Unit, limits: DeskLimits, { phrases, knowledge }: NormLookupParts): Block {
  const question = { text: '', language: 'es', ...limits } as const;
  return {
    ...reviewNotice(unit, speakingClaims(unit), question, { phrases: phrases.es, knowledge }),
    unit: unit.id,
  };
}

function missingArticle(
  { norms, articles, named }: NormQuery,
  argument: string,
  choices: readonly DeskChoice[],
  limits: DeskLimits,
  parts: NormLookupParts,
): DeskAnswer {
  const asked = articles.length === 1 ? `el artículo ${articles[0]}` : `los artículos ${articles.join(', ')}`;
  const [norm] = norms;
  if (norm === undefined && named === 'unknown') return missing(argument, limits, parts);
  const where = norm === undefined ? ' en ninguna norma' : ` ${ofThe(numberedName(norm))}`;
  const held = norm === undefined ? [] : nearestArticles(norm, articles[0] ?? '', parts.knowledge);
  const has = held.length === 0 ? '' : ` De esa norma sí tengo, entre los más cercanos: ${held.join(', ')}.`;
  return notHeld(`No tengo cargado ${asked}${where}.${has}`, 'El mismo número en otras normas:', choices);
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

function missing(argument: string, { audience }: DeskLimits, { finder }: NormLookupParts): DeskAnswer {
  return notHeld(
    `No tengo cargada ninguna norma que se llame «${argument}».`,
    '¿Quiso decir?',
    finder.near(argument, audience).map((norm) => normChoice(norm)),
  );
}

function normChoice(norm: Norm): DeskChoice {
  return { label: numberedName(norm), ask: `norma ${norm.id.replaceAll('-', ' ')}` };
}

function articleChoice(unit: Unit, knowledge: Knowledge): DeskChoice {
  const norm = knowledge.norm(unit.norm);
  const name = norm === undefined ? unit.norm : normName(norm);
  return {
    label: `${name}, ${articleWords(unit.article)}: ${unit.title}`,
    ask: `norma artículo ${unit.article} de ${unit.norm.replaceAll('-', ' ')}`,
  };
}
