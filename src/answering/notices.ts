import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Claim, Unit } from '../knowledge/unit.ts';
import { dateWords, validityWords } from '../knowledge/validity-words.ts';
import type { Block, Question } from './answer.ts';
import { fill, type Phrases } from './phrases.ts';

const MOST_SOURCES = 3;
const CONFIDENCE_WORDS = { high: 'alta', medium: 'media', low: 'baja' } as const;

/** What goes before the answer when the unit no longer applies: the change is the first thing to know. */
export function validityWarning(unit: Unit, knowledge: Knowledge): readonly Block[] {
  const { status, note, replacedBy = [] } = unit.validity;
  if (status !== 'derogado' && status !== 'anulado') return [];
  const successors = replacedBy.map((id) => knowledge.norm(id)).filter((norm) => norm !== undefined);
  const today = successors.map((norm) => `${norm.shortTitle ?? norm.title} (${norm.number})`).join(' y ');
  const sentences = [
    `Atención: ${validityWords(unit.validity)}.`,
    ...(today === '' ? [] : [`Hoy rige: ${today}.`]),
    ...(note === undefined ? [] : [note]),
  ];
  return [{ kind: 'notice', text: sentences.join(' ') }];
}

/** How far what was said has been reviewed: one sentence for the public, state and sources for staff. */
export function reviewNotice(
  unit: Unit,
  claims: readonly Claim[],
  question: Question,
  phrases: Phrases,
): Block {
  const unsure = unit.validity.status === 'por-confirmar' ? [phrases.unconfirmedValidity] : [];
  if (question.audience === 'public')
    return { kind: 'notice', text: [reviewWords(unit, phrases), ...unsure].join(' ') };
  const sources = [...new Set(claims.flatMap((claim) => claim.sources))].slice(0, MOST_SOURCES);
  const confidence = claims.some((claim) => claim.confidence === 'medium') ? 'medium' : 'high';
  return {
    kind: 'notice',
    text: [
      `Estado: ${validityWords(unit.validity)}; ${staffReview(unit)}.`,
      `Confianza ${CONFIDENCE_WORDS[confidence]}.`,
      ...(sources.length === 0 ? [] : [`Fuentes: ${sources.join(', ')}.`]),
      ...unsure,
    ].join(' '),
  };
}

function reviewWords(unit: Unit, phrases: Phrases): string {
  switch (unit.review.state) {
    case 'fuente-publica':
      return fill(phrases.publicNotice, { year: (unit.asOf ?? unit.validity.checkedOn ?? '').slice(0, 4) });
    case 'texto-oficial':
      return phrases.officialNotice;
    case 'validado':
      return fill(phrases.validatedNotice, { role: unit.review.by, date: dateWords(unit.review.on) });
  }
}

function staffReview(unit: Unit): string {
  switch (unit.review.state) {
    case 'fuente-publica':
      return 'fuente pública, todavía sin validar por el área jurídica';
    case 'texto-oficial':
      return 'texto oficial cargado, todavía sin validar por el área jurídica';
    case 'validado':
      return `validado por ${unit.review.by} el ${dateWords(unit.review.on)}`;
  }
}
