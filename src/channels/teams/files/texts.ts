import type { Block } from '../../../answering/answer.ts';
import { MAX_FILE_BYTES } from './download.ts';

const say = (text: string): readonly Block[] => [{ kind: 'paragraph', text }];
const MOST_MEGABYTES = MAX_FILE_BYTES / (1024 * 1024);
const WHAT_IS_TAKEN = 'el PDF oficial de una norma o la matriz de la política en Excel (.xlsx)';

/** For staff who may read but not load texts. */
export const NOT_AN_EDITOR: readonly Block[] = say(
  'Recibí su archivo, pero no lo abrí: los textos oficiales los carga quien tiene permiso de editor. Si le toca a usted, pídalo a quien administra Orienta. Si tiene una pregunta, escríbala con palabras.',
);

/** The editor sent it where others read. */
export const ONLY_PERSONAL: readonly Block[] = say(
  'Para cargar un archivo, envíemelo en nuestro chat personal. Aquí no lo abrí.',
);

export const ONE_AT_A_TIME: readonly Block[] = say(
  'Envíe un solo archivo a la vez, por favor. No abrí ninguno.',
);

export const STILL_AT_WORK: readonly Block[] = say(
  'Todavía reviso su archivo anterior. Envíe este otra vez cuando vea el informe.',
);

/** A picture, a sound, a Word file… from somebody who may load texts. */
export const UNKNOWN_KIND: readonly Block[] = say(
  `No puedo leer ese tipo de archivo. Puedo recibir ${WHAT_IS_TAKEN}. No guardé nada.`,
);

export const TOO_LARGE: readonly Block[] = say(
  `El archivo pesa más de ${MOST_MEGABYTES} MB y no lo puedo recibir. No guardé nada.`,
);

export const FORBIDDEN: readonly Block[] = say(
  'El archivo está en un lugar del que no puedo bajarlo. Súbalo directamente a este chat, por favor.',
);

export const NOT_FETCHED: readonly Block[] = say(
  'No pude bajar su archivo. Envíelo otra vez en unos minutos, por favor.',
);

/** The importer broke; the case is in the log. */
export function broke(caseId: string): readonly Block[] {
  return say(
    `Algo falló al revisar su archivo. No cambié ni guardé nada. Si vuelve a pasar, avise a soporte y mencione el caso ${caseId}.`,
  );
}

/** The importer's own reason. */
export function refused(reason: string): readonly Block[] {
  return say(`No cargué el archivo. ${reason}`);
}

/** What is said of a press under a report that changes no card. */
export const PRESS_WORDS = {
  notAnEditor: 'Solo quien tiene permiso de editor puede decidir sobre este archivo. No cambié nada.',
  unknown: 'Este informe ya venció. Envíe el archivo otra vez, por favor.',
} as const;
