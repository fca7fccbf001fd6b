import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRecordings, unfit } from '#src/channels/whatsapp/speech-recordings.ts';
import { hashOf, readRecordings, recordingKey } from '#src/knowledge/recordings.ts';
import { knowledgeFolder } from '../../knowledge/temp-knowledge.ts';
import { oggFile } from './ogg.ts';

const GOOD = oggFile(20);
const TEXT = 'Pida refugio en la frontera.';
const KEY = `refugio@${hashOf(TEXT)}`;

/** A folder with one recording, whose fields and file a test spoils. */
async function folderWith(
  fields: Readonly<Record<string, string | undefined>>,
  bytes: Uint8Array | undefined,
) {
  const whole = {
    id: 'refugio',
    kind: 'answer',
    asks: '¿Cómo pido refugio?',
    unit: 'tramite/refugio',
    reason: 'Quien huye no lee.',
    text: TEXT,
    source: TEXT,
    spoken: `'${hashOf(TEXT)}'`,
    file: `'${hashOf(bytes ?? GOOD)}'`,
    ...fields,
  };
  const lines = Object.entries(whole).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const dir = await knowledgeFolder({
    'recordings/recordings.yaml': `recordings:\n  - ${lines.join('\n    ')}\n`,
  });
  if (bytes !== undefined) await writeFile(join(dir, 'recordings/refugio.ogg'), bytes);
  return dir;
}

it('opens what is as it was made', async () => {
  const { recordings, audio, defects } = await openRecordings(await folderWith({}, GOOD));
  expect(defects).toEqual([]);
  expect(recordings.map(recordingKey)).toEqual([KEY]);
  expect(audio.get(KEY)).toEqual(Buffer.from(GOOD));
});

it.each([
  [
    'was never made',
    { source: undefined, spoken: undefined, file: undefined },
    undefined,
    2,
    /no está hecha/,
  ],
  ['says another text', { text: 'Pida refugio hoy.' }, GOOD, 7, /otro texto/],
  ['has no file', {}, undefined, 10, /falta el archivo recordings\/refugio\.ogg/],
  ['has another file', { file: `'${hashOf('otro')}'` }, GOOD, 10, /no es el que se hizo/],
  ['is too long', {}, oggFile(60), 10, /dura 60 segundos/],
  ['is too big', {}, Buffer.concat([GOOD, Buffer.alloc(150_000)]), 10, /ocupa \d+ bytes/],
  ['is no Ogg', {}, Buffer.from('ID3'), 10, /no es Ogg Opus/],
])('leaves out one that %s, and says where', async (_what, fields, bytes, line, message) => {
  const { recordings, audio, defects } = await openRecordings(await folderWith(fields, bytes));
  expect([recordings.length, audio.size]).toEqual([0, 0]);
  expect(defects).toEqual([
    {
      file: 'recordings/recordings.yaml',
      line,
      unit: 'refugio',
      message: expect.stringMatching(message),
    },
  ]);
});

it.each([
  ['a field that is none', { volume: '11' }, /«volume»/],
  ['a kind that is none', { kind: 'song' }, /./],
  ['no question', { asks: undefined }, /falta el campo «asks»/],
  ['a hash that is none', { spoken: 'mañana' }, /npm run recordings/],
])('tells of %s with its line', async (_what, fields, message) => {
  const { recordings, defects } = await openRecordings(await folderWith(fields, GOOD));
  expect(recordings).toEqual([]);
  expect(defects).toEqual([
    expect.objectContaining({ line: expect.any(Number), message: expect.stringMatching(message) }),
  ]);
  expect(defects[0]?.line).toBeGreaterThan(1);
});

it('tells of YAML that cannot be read, and of an id given twice', async () => {
  const broken = await knowledgeFolder({ 'recordings/recordings.yaml': 'recordings:\n  - id: [\n' });
  expect((await openRecordings(broken)).defects).toEqual([
    expect.objectContaining({ message: expect.stringContaining('YAML') }),
  ]);
  const one = '  - { id: aviso, kind: menu, reason: Es así. }\n';
  const twice = await knowledgeFolder({ 'recordings/recordings.yaml': `recordings:\n${one}${one}` });
  const { defects } = await readRecordings(twice);
  expect(defects).toEqual([expect.objectContaining({ line: 3, message: expect.stringContaining('ya hay') })]);
});

it('does without where there are none', async () => {
  const { recordings, defects } = await openRecordings(await knowledgeFolder({}));
  expect([recordings, defects]).toEqual([[], []]);
});

it('takes a minute less a moment for fit', () => {
  expect(unfit(oggFile(59))).toBeUndefined();
});
