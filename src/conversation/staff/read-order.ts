import { fold } from '../../knowledge/fold.ts';
import { words } from '../../retrieval/terms.ts';
import type { LookupWord } from './desk-answer.ts';
import { slipOf } from './near-names.ts';

/** An order as it was written. */
export interface Order {
  readonly word: LookupWord;
  /** What follows the word, in the person's own letters; empty for nothing. */
  readonly argument: string;
  /** False when the word was only nearly written: then it may be none. */
  readonly isSure: boolean;
}

/** The orders that want nothing further. */
export type PlainOrder = 'ayuda' | 'excel' | 'copiar';

const WORDS: Readonly<Record<LookupWord, readonly string[]>> = {
  norma: ['norma', 'normas'],
  vigencia: ['vigencia', 'vigente'],
  responsable: ['responsable', 'responsables'],
  acciones: ['acciones'],
};
const LOOKUPS: readonly LookupWord[] = ['norma', 'vigencia', 'responsable', 'acciones'];
const HELP =
  /^(?:ayuda|ayudame|ayudeme|help|comandos|ordenes|instrucciones|que puede hacer|que puedes hacer|que sabe hacer|como se usa)$/;
/** A message of these words alone, one of the second kind among them, orders the thing. */
const PLAIN: readonly { readonly order: PlainOrder; readonly may: RegExp; readonly must: RegExp }[] = [
  {
    order: 'excel',
    may: /^(?:a|al|en|el|la|lo|un|una|como|por|favor|quiero|tabla|archivo|esto|(?:exporta|descarga|baja|pasa|manda|envia|exporte|descargue|baje|pase|mande|envie|da|de)(?:r|rlo|rla|me|melo|mela)?|excel|xlsx)$/,
    must: /^(?:excel|xlsx)$/,
  },
  {
    order: 'copiar',
    may: /^(?:a|al|en|el|la|lo|un|una|para|por|favor|texto|esto|respuesta|copia|copiar|copiarlo|copie|copielo|copiame|copieme|whatsapp|whats|wasap|guasap|wa)$/,
    must: /^(?:copia|copiar|copiarlo|copie|copielo|copiame|copieme|whatsapp|wasap|guasap)$/,
  },
];
/** "/norma", "¿norma…?", "y la norma…"; a colon may follow the word. */
const HEAD =
  /^[\s/¡¿"«]*(?:(?:por favor|hola|y|la|el|las|los|ver|dame|deme)[\s,]+)*([\p{L}]+)\.?(?:\s*[:=]\s*|\s+|$)/iu;
const TAIL = /[\s?!.»"]+$/u;
/** "¿Y la PGN?", "y el 47", "y Constitución". */
const GOES_ON =
  /^[\s¿¡]*(?:y|e|tambien)\s+(?:(?:de|del|para|con|en|que|hay)\s+)*(?:(?:el|la|los|las)\s+)?(.+)$/iu;

/** Reads an order that wants an argument; undefined when the message begins with no such word. */
export function readOrder(text: string): Order | undefined {
  const head = HEAD.exec(text);
  if (head === null) return undefined;
  const said = fold(head[1] ?? '');
  const argument = text.slice(head[0].length).replace(TAIL, '').trim();
  const exact = LOOKUPS.find((word) => WORDS[word].includes(said));
  if (exact !== undefined) return { word: exact, argument, isSure: said !== 'vigente' };
  const near = slipOf(
    said,
    LOOKUPS.map((word) => ({ value: word, names: WORDS[word] })),
  );
  return near === undefined ? undefined : { word: near, argument, isSure: false };
}

/** What a message asks the order before it for once more: "¿y la PGN?". */
export function readContinuation(text: string): string | undefined {
  return GOES_ON.exec(text)?.[1]?.replace(TAIL, '').trim();
}

/** Reads an order that wants nothing further; undefined when the message says more than that. */
export function readPlainOrder(text: string): PlainOrder | undefined {
  const said = words(text);
  if (HELP.test(said.join(' '))) return 'ayuda';
  return PLAIN.find(
    ({ may, must }) => said.every((word) => may.test(word)) && said.some((word) => must.test(word)),
  )?.order;
}
