import type { Block } from '../../answering/answer.ts';

/** What Orienta says when somebody adds it. */
export const GREETING: readonly Block[] = [
  {
    kind: 'paragraph',
    text: 'Hola, soy Orienta. Respondo preguntas sobre las normas migratorias de Guatemala y le digo en qué artículo se basa cada respuesta.',
  },
  {
    kind: 'list',
    title: 'Puede preguntarme, por ejemplo:',
    ordered: true,
    items: [
      '¿Puedo trabajar en Guatemala si soy extranjero?',
      '¿Cuánto cuesta el pasaporte de adulto?',
      '¿Qué dice el artículo 46 del Código de Migración?',
    ],
  },
  { kind: 'paragraph', text: 'Escriba su pregunta con sus propias palabras.' },
];

/** The message held no words at all. */
export const NO_TEXT: readonly Block[] = [
  {
    kind: 'paragraph',
    text: 'Su mensaje llegó sin texto. Escriba su pregunta, por ejemplo: ¿Cuánto cuesta el pasaporte de adulto?',
  },
];

/** The message was only a file, a picture or a card. */
export const ONLY_ATTACHMENT: readonly Block[] = [
  {
    kind: 'paragraph',
    text: 'Recibí su archivo, pero todavía no puedo leer archivos ni imágenes. Escriba su pregunta con palabras, por favor.',
  },
];

/** The message was longer than Orienta reads. */
export const TOO_LONG: readonly Block[] = [
  {
    kind: 'paragraph',
    text: 'Su mensaje es muy largo y no lo pude leer completo. Escriba su pregunta en pocas líneas, por favor.',
  },
];

/** The person's organisation is none that Orienta works for in Teams. */
export function notWelcome(publicUrl: string | undefined): readonly Block[] {
  const elsewhere =
    publicUrl === undefined ? '' : ` Si busca información migratoria, puede preguntar aquí: ${publicUrl}/`;
  return [
    {
      kind: 'paragraph',
      text: `Disculpe, en Teams solo puedo atender a personas de las instituciones que usan Orienta. No guardé su mensaje.${elsewhere}`,
    },
  ];
}

/** Something broke while the message was taken in. */
export function apology(caseId: string): readonly Block[] {
  return [
    {
      kind: 'paragraph',
      text: `Disculpe, algo falló de nuestro lado y no pude atender su mensaje. Vuelva a escribirlo en unos minutos. Si el problema sigue, avise a soporte y mencione el caso ${caseId}.`,
    },
  ];
}
