import { assertNever } from '../../errors.ts';
import type { Review } from '../../knowledge/unit.ts';
import { dateWords } from '../../knowledge/validity-words.ts';
import type { Standing, Verdict } from '../press.ts';

/** What cards say around an answer. Officials read them, in Spanish. */
export const CARD_WORDS = {
  more: 'Más',
  norm: 'Texto de la norma',
  guide: 'Texto completo',
  actions: 'Responsables',
  citations: 'Citas',
  cite: 'Cita',
  export: 'Exportar a Excel',
  copy: 'Copiar para WhatsApp',
  askLegal: 'Preguntar a Jurídico',
  useful: '¿Le sirvió?',
  verdicts: { yes: 'Sí', no: 'No', wrong: 'Está mal' } satisfies Record<Verdict, string>,
  answerLabel: 'Respuesta para quien preguntó. No escriba datos personales.',
  answerNeeded: 'Escriba la respuesta.',
  answer: 'Responder',
} as const;

/** What is told on a card of what was pressed. */
export const STANDING_WORDS = {
  verdicts: {
    yes: 'Gracias por su opinión.',
    no: 'Gracias por su opinión. La tendremos en cuenta.',
    wrong: 'Gracias por avisar que está mal. Lo vamos a revisar.',
  } satisfies Record<Verdict, string>,
  legal: {
    asked: 'Su pregunta está con Jurídico. La respuesta llega a esta conversación.',
    answered: 'Jurídico ya respondió esta pregunta.',
  } satisfies Record<NonNullable<Standing['legal']>, string>,
} as const;

/** What is said of a press that changes no card. */
export const PRESS_WORDS = {
  unknown: 'Este mensaje ya es antiguo y no guardo lo que decía. Escriba su pregunta otra vez, por favor.',
  unknownButton: 'Este botón ya no funciona. Escriba su pregunta, por favor.',
  done: 'Listo.',
  failed: 'No pude hacerlo en este momento. Presione el botón otra vez en un minuto, por favor.',
  slow: 'Todavía lo estoy haciendo. Si en un minuto no ve el cambio, presione el botón otra vez.',
  cited: 'La cita está en esta conversación, lista para copiar.',
  exported: 'El enlace al archivo de Excel está en esta conversación.',
  copied: 'El texto está en esta conversación, listo para copiar en WhatsApp.',
  noLegal: 'Todavía no puedo enviar preguntas a Jurídico. Avise a quien administra Orienta.',
  emptyAnswer: 'La respuesta llegó vacía. Escríbala y presione Responder.',
  answered: 'Listo. La respuesta va en camino a quien preguntó.',
  answeredBefore: 'Esta pregunta ya estaba respondida. Se envió solo la primera respuesta.',
} as const;

/** How far something was reviewed, in a few words. */
export function reviewWords(review: Review): string {
  switch (review.state) {
    case 'fuente-publica':
      return 'según fuentes públicas';
    case 'texto-oficial':
      return 'según el texto oficial';
    case 'validado':
      return `validado por ${review.by} el ${dateWords(review.on)}`;
    default:
      return assertNever(review);
  }
}

/** The first letter made large. */
export function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
