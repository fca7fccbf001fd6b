import { isSaid } from '../../answering/select-claims.ts';
import { successorSentences } from '../../answering/successors.ts';
import { isAnotherDay, validityWordsOn } from '../../answering/validity-on.ts';
import { isArticleNumber } from '../../knowledge/article-words.ts';
import { type Knowledge, speaks } from '../../knowledge/knowledge.ts';
import type { Norm } from '../../knowledge/unit.ts';
import { dateWords } from '../../knowledge/validity-words.ts';
import type { DeskLimits } from './desk-answer.ts';
import { numberedName } from './names.ts';

/** How a norm stands, in a few words with a full stop. */
export function stateFact(norm: Norm, limits: DeskLimits): string {
  return `${validityWordsOn(norm.validity, limits, norm.date)}.`;
}

/** Since when a norm holds or no more, what took its place and what it replaced, in lines; the state is told before them. */
export function validityFacts(norm: Norm, limits: DeskLimits, knowledge: Knowledge): readonly string[] {
  const { since, until, checkedOn, note, status } = norm.validity;
  const state = stateFact(norm, limits);
  const replaced = norm.replaces.flatMap((id) => knowledge.norm(id) ?? []);
  const gone = status === 'derogado' || status === 'anulado';
  const facts = [
    dayFact('Rige desde', since, state),
    dayFact('Dejó de regir', until, state),
    ...successorFacts(norm, gone, limits, knowledge),
    replaced.length === 0 ? undefined : `Reemplazó a: ${replaced.map(numberedName).join('; ')}.`,
  ].filter((fact) => fact !== undefined);
  const isNew = note !== undefined && !isSaid(note, `${state} ${facts.join(' ')} ${NOTED}`);
  return [
    ...facts,
    ...(isNew ? [`Nota: ${note}`] : []),
    ...(checkedOn === undefined ? [] : [`Vigencia revisada: ${dateWords(checkedOn)}.`]),
  ];
}

/** What there is to know of a norm beside its words, in lines. */
export function normFacts(norm: Norm, limits: DeskLimits, knowledge: Knowledge): readonly string[] {
  return [
    `Número: ${norm.number}.`,
    `Emisor: ${norm.issuer}.`,
    norm.date === undefined ? undefined : `Fecha: ${dateWords(norm.date)}.`,
    ...validityFacts(norm, limits, knowledge),
    heldFact(norm, knowledge),
    norm.officialUrl === undefined ? undefined : `Página oficial: ${norm.officialUrl}`,
  ].filter((fact) => fact !== undefined);
}

/** What a state says in the other words that notes use for it. */
const NOTED = 'vigente derogado reemplazó reglamento acuerdo';

function dayFact(words: string, day: string | undefined, state: string): string | undefined {
  return day === undefined || state.includes(dateWords(day)) ? undefined : `${words}: ${dateWords(day)}.`;
}

function successorFacts(
  { validity, date }: Norm,
  gone: boolean,
  limits: DeskLimits,
  knowledge: Knowledge,
): readonly string[] {
  if (gone || isAnotherDay(limits)) return successorSentences({ validity, issued: date }, knowledge, limits);
  const changedBy = (validity.replacedBy ?? []).flatMap((id) => knowledge.norm(id) ?? []);
  return changedBy.length === 0 ? [] : [`La cambió: ${changedBy.map(numberedName).join('; ')}.`];
}

function heldFact(norm: Norm, knowledge: Knowledge): string {
  const units = [...knowledge.units.values()].filter(
    (unit) => unit.norm === norm.id && unit.article !== '*' && speaks(unit),
  );
  const numbered = units.filter((unit) => unit.numberConfirmed && isArticleNumber(unit.article)).length;
  if (units.length === 0) return 'De su articulado no hay fichas cargadas.';
  return `Fichas cargadas: ${units.length}; con número de artículo confirmado: ${numbered}.`;
}
