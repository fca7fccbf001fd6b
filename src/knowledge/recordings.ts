import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Defect } from './defect.ts';
import { createLineLocator } from './line-locator.ts';
import { parseYaml } from './parse-yaml.ts';
import { partialDateSchema } from './unit.ts';

/** The list of recordings, below the knowledge folder; the files stand beside it as `<id>.ogg`. */
export const RECORDINGS_FILE = 'recordings/recordings.yaml';

const hash = z.string().regex(/^[0-9a-f]{16}$/, 'la escribe npm run recordings');

const said = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Why it is worth a recording, for editors. */
  reason: z.string().min(2),
  /** What is spoken, word for word. Editors may mend it; the recording is then made again. */
  text: z.string().min(2).optional(),
  /** The words on the screen that it was made from; where others are shown it is sent no more. */
  source: z.string().min(2).optional(),
  /** {@link hashOf} the text that was spoken. */
  spoken: hash.optional(),
  /** {@link hashOf} the file's bytes. */
  file: hash.optional(),
  /** Whether somebody has listened to it. */
  review: z
    .discriminatedUnion('state', [
      z.strictObject({ state: z.literal('pendiente') }),
      z.strictObject({ state: z.literal('escuchado'), by: z.string().min(1), on: partialDateSchema }),
    ])
    .default({ state: 'pendiente' }),
};
const recordingSchema = z.discriminatedUnion('kind', [
  /** The notice of the first contact, as it is where messages are kept so many days and voice notes leave or do not. */
  z.strictObject({
    kind: z.literal('notice'),
    retentionDays: z.number().int(),
    voiceLeaves: z.boolean(),
    ...said,
  }),
  /** What is answered to a voice note that cannot be understood: the lines to ring in danger, and the menu. */
  z.strictObject({ kind: z.literal('menu'), ...said }),
  /** What is answered to a danger; `asks` is one way of telling it, from a phone of Guatemala or of another country. */
  z.strictObject({
    kind: z.literal('danger'),
    asks: z.string().min(2),
    outsideGuatemala: z.boolean().default(false),
    ...said,
  }),
  /** What is answered to a question; `unit` is the id of the unit that answers it. */
  z.strictObject({ kind: z.literal('answer'), asks: z.string().min(2), unit: z.string(), ...said }),
  /** What is answered to numbers of the menu, one after the other. */
  z.strictObject({
    kind: z.literal('pick'),
    picks: z.array(z.number().int()).min(1),
    unit: z.string(),
    ...said,
  }),
]);
const fileSchema = z.strictObject({ recordings: z.array(recordingSchema) });

/** A vetted recording in Spanish of something that Orienta says; without `file` it is still to be made. */
export type Recording = z.infer<typeof recordingSchema>;

/** The list as it was read. Where it has defects of form it holds no recordings. */
export interface RecordingList {
  readonly recordings: readonly Recording[];
  readonly defects: readonly Defect[];
  /** Makes a defect at a recording's field. */
  at(recording: Recording, field: string, message: string): Defect;
}

/** Reads the list of recordings; where there is none, it is empty. */
export async function readRecordings(knowledgeDir: string): Promise<RecordingList> {
  const text = await readFile(join(knowledgeDir, RECORDINGS_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? listOf([], [], '') : parseRecordings(text);
}

/** Names content: the same content has the same name. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * Names a recording in a reply that waits for its delivery. Once it says other words its name is another one, so that
 * nobody hears what he was not sent.
 */
export function recordingKey({ id, source = '' }: Recording): string {
  return `${id}@${hashOf(source)}`;
}

function parseRecordings(text: string): RecordingList {
  const result = parseYaml({ path: RECORDINGS_FILE, text }, fileSchema);
  return result.ok ? withoutTwins(result.content.recordings, text) : listOf([], result.defects, text);
}

function withoutTwins(recordings: readonly Recording[], text: string): RecordingList {
  const twins = recordings.filter(({ id }, index) => recordings.findIndex((one) => one.id === id) !== index);
  const list = listOf(recordings, [], text);
  return {
    ...list,
    defects: twins.map((twin) => list.at(twin, 'id', 'ya hay una grabación con ese id; póngale otro')),
  };
}

function listOf(recordings: readonly Recording[], defects: readonly Defect[], text: string): RecordingList {
  const lineOf = createLineLocator(text);
  return {
    recordings,
    defects,
    at: (recording, field, message) => ({
      file: RECORDINGS_FILE,
      line: lineOf(['recordings', recordings.indexOf(recording), field]),
      unit: recording.id,
      message,
    }),
  };
}
