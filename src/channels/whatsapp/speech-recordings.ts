import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Defect } from '../../knowledge/defect.ts';
import {
  hashOf,
  RECORDINGS_FILE,
  type Recording,
  type RecordingList,
  readRecordings,
  recordingKey,
} from '../../knowledge/recordings.ts';
import { oggSeconds } from './ogg-seconds.ts';

/** Longest that anybody listens. */
export const MOST_SECONDS = 60;
/** What a prepaid bundle bears. */
export const MOST_BYTES = 150_000;

/** The recordings that may be sent, and what is wrong with the others. */
export interface OpenRecordings {
  readonly recordings: readonly Recording[];
  /** The files' bytes, Ogg Opus, by {@link recordingKey}. */
  readonly audio: ReadonlyMap<string, Uint8Array>;
  readonly defects: readonly Defect[];
}

/** Reads the recordings and looks each file over; a faulty one does not keep the others from being sent. */
export async function openRecordings(knowledgeDir: string): Promise<OpenRecordings> {
  const list = await readRecordings(knowledgeDir);
  const opened = await Promise.all(
    list.recordings.map(async (recording) => {
      const bytes = await readFile(join(knowledgeDir, recordingPath(recording))).catch(() => undefined);
      return { recording, bytes, fault: faultOf(recording, bytes, list) };
    }),
  );
  const sound = opened.filter(({ fault }) => fault === undefined);
  return {
    recordings: sound.map(({ recording }) => recording),
    audio: new Map(
      sound.flatMap(({ recording, bytes }) => (bytes ? [[recordingKey(recording), bytes] as const] : [])),
    ),
    defects: [...list.defects, ...opened.flatMap(({ fault }) => fault ?? [])],
  };
}

/** Where a recording's file is, below the knowledge folder. */
export function recordingPath({ id }: Recording): string {
  return RECORDINGS_FILE.replace(/[^/]+$/, `${id}.ogg`);
}

/** What keeps an Ogg Opus file from being sent as a recording; undefined for nothing. */
export function unfit(bytes: Uint8Array): string | undefined {
  const seconds = oggSeconds(bytes);
  if (seconds === undefined) return 'no es Ogg Opus';
  if (seconds >= MOST_SECONDS) return `dura ${seconds} segundos; lo más son ${MOST_SECONDS}`;
  if (bytes.byteLength > MOST_BYTES) return `ocupa ${bytes.byteLength} bytes; lo más son ${MOST_BYTES}`;
  return undefined;
}

const REMAKE = 'hágala con npm run recordings';

function faultOf(
  recording: Recording,
  bytes: Uint8Array | undefined,
  list: RecordingList,
): Defect | undefined {
  const { text, source, spoken, file } = recording;
  if (text === undefined || source === undefined || spoken === undefined || file === undefined)
    return list.at(recording, 'id', `la grabación no está hecha; ${REMAKE}`);
  if (spoken !== hashOf(text))
    return list.at(recording, 'text', `la grabación dice otro texto que el escrito aquí; ${REMAKE}`);
  if (bytes === undefined)
    return list.at(recording, 'file', `falta el archivo ${recordingPath(recording)}; ${REMAKE}`);
  const why = unfit(bytes);
  if (why !== undefined) return list.at(recording, 'file', `el archivo ${why}; acorte el texto y ${REMAKE}`);
  if (file !== hashOf(bytes))
    return list.at(recording, 'file', `el archivo no es el que se hizo de este texto; ${REMAKE}`);
  return undefined;
}
