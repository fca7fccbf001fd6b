import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Claim, Unit } from '../knowledge/unit.ts';
import { dateWords } from '../knowledge/validity-words.ts';
import type { Block, Question } from './answer.ts';
import { fill, type Phrases } from './phrases.ts';
import { isSaid } from './select-claims.ts';
import { sourceHosts } from './source-hosts.ts';
import { successorSentences } from './successors.ts';
import { type Days, isAnotherDay, standingOn, validityWordsOn } from './validity-on.ts';

const MOST_SOURCES = 3;
/** What a warning says by its words on validity, in the other words that notes use for it. */
const ENDED = 'derogado derogada anulado reemplazado publicó';
const CONFIDENCE_WORDS = { high: 'alta', medium: 'media', low: 'baja' } as const;

/** What goes before the answer when the unit did not or does no longer apply: the change is the first thing to know. */
export function validityWarning(unit: Unit, knowledge: Knowledge, days: Days): readonly Block[] {
  const { status, note, partlyInForce } = unit.validity;
  const issued = knowledge.norm(unit.norm)?.date;
  const gone = status === 'derogado' || status === 'anulado';
  if (!gone && standingOn(unit.validity, days, issued) !== 'not-yet') return [];
  const sentences = [
    `Atención: ${validityWordsOn(unit.validity, days, issued)}.`,
    ...(gone ? successorSentences({ validity: unit.validity, issued }, knowledge, days) : []),
    ...(gone && partlyInForce !== undefined ? [`Todavía puede aplicarse: ${partlyInForce}`] : []),
  ];
  if (gone && note !== undefined && !isSaid(note, `${sentences.join(' ')} ${ENDED}`)) sentences.push(note);
  return [{ kind: 'notice', text: sentences.join(' '), worth: 'warning' }];
}

/** How far what was said has been reviewed: one sentence for the public, state and sources for staff. */
export function reviewNotice(
  unit: Unit,
  claims: readonly Claim[],
  question: Question,
  { phrases, knowledge }: { readonly phrases: Phrases; readonly knowledge: Knowledge },
): Block {
  const unconfirmed = unit.validity.status === 'por-confirmar' ? [phrases.unconfirmedValidity] : [];
  const otherDay = isAnotherDay(question) ? [phrases.otherDay] : [];
  const reserves = [...unconfirmed, ...otherDay];
  if (question.audience === 'public') {
    const review = reviewWords(unit, phrases);
    return {
      kind: 'notice',
      text: [review.text, ...reserves].join(' '),
      brief: [review.brief, ...(review.saysUnconfirmed ? otherDay : reserves)].join(' '),
      worth: reserves.length > 0 ? 'warning' : 'aside',
    };
  }
  const sources = sourceHosts(claims.flatMap((claim) => claim.sources)).slice(0, MOST_SOURCES);
  const confidence = claims.some((claim) => claim.confidence === 'medium') ? 'medium' : 'high';
  const state = validityWordsOn(unit.validity, question, knowledge.norm(unit.norm)?.date);
  return {
    kind: 'notice',
    text: [
      `Estado: ${state}; ${staffReview(unit)}.`,
      `Confianza ${CONFIDENCE_WORDS[confidence]}.`,
      ...(sources.length === 0 ? [] : [`Fuentes: ${sources.join(', ')}.`]),
      ...reserves,
    ].join(' '),
  };
}

/** How far it has been reviewed, in a sentence, and the same for a small screen. */
interface ReviewWords {
  readonly text: string;
  readonly brief: string;
  /** The brief one tells that validity is not confirmed. */
  readonly saysUnconfirmed?: boolean;
}

function reviewWords({ review, validity, asOf }: Unit, phrases: Phrases): ReviewWords {
  switch (review.state) {
    case 'fuente-publica': {
      const year = { year: (asOf ?? validity.checkedOn ?? '').slice(0, 4) };
      const saysUnconfirmed = validity.status === 'por-confirmar';
      const brief = saysUnconfirmed ? phrases.unconfirmedBrief : phrases.publicNoticeBrief;
      return { text: fill(phrases.publicNotice, year), brief: fill(brief, year), saysUnconfirmed };
    }
    case 'texto-oficial':
      return { text: phrases.officialNotice, brief: phrases.officialNotice };
    case 'validado': {
      const text = fill(phrases.validatedNotice, { role: review.by, date: dateWords(review.on) });
      return { text, brief: text };
    }
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
