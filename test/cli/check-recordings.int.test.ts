import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assistant, openAssistant } from '#src/assistant.ts';
import { type OpenRecordings, openRecordings } from '#src/channels/whatsapp/speech-recordings.ts';
import { checkRecordings } from '#src/cli/check-recordings.ts';
import type { TurnMessage } from '#src/conversation/turn-message.ts';
import { RECORDINGS_FILE, type Recording } from '#src/knowledge/recordings.ts';
import { knowledgeDir } from '#src/paths.ts';
import { createReplyToDanger } from '#src/safety/danger-reply.ts';
import { loadDangerBook } from '#src/safety/load-danger-book.ts';

const now = () => new Date('2026-11-22T18:00:00Z');
let folder: string;
let assistant: Assistant;
let opened: OpenRecordings;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orienta-recordings-'));
  await cp(join(knowledgeDir, 'recordings'), join(folder, 'recordings'), { recursive: true });
  opened = await openRecordings(knowledgeDir);
  assistant = await openAssistant({
    knowledgeDir,
    dataDir: join(folder, 'data'),
    baseUrl: () => 'http://127.0.0.1:3978',
    now,
    notice: { retentionDays: 30, voiceLeaves: false },
    recordings: opened.recordings,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (dir = knowledgeDir) => checkRecordings(dir, async () => assistant, now);

async function hear(...said: readonly string[]): Promise<string | undefined> {
  const plain = { channel: 'whatsapp', audience: 'public', receivedAt: now() } as const;
  const messages: readonly TurnMessage[] = said.map((text) =>
    text === '' ? { ...plain, text, unread: new Set(['voice'] as const) } : { ...plain, text },
  );
  let turn: Awaited<ReturnType<Assistant['handle']>> | undefined;
  for (const message of messages) turn = await assistant.handle(message, turn?.context);
  return turn?.reply?.spoken?.recording;
}

describe('the recordings of the knowledge', () => {
  it('say what Orienta writes, in files that may be sent', async () => {
    expect(await check()).toEqual([]);
  });

  it('are all that were promised, and not too much to keep', () => {
    const of = (kind: Recording['kind']) => opened.recordings.filter((recording) => recording.kind === kind);
    expect([...of('answer'), ...of('pick')]).toHaveLength(20);
    expect(of('notice').length).toBeGreaterThan(0);
    const bytes = [...opened.audio.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes).toBeLessThan(3_500_000);
  });

  it('leave no danger out, from a phone of Guatemala or of another country', async () => {
    const { knowledge } = assistant;
    const book = await loadDangerBook(knowledgeDir, knowledge);
    const replyTo = createReplyToDanger(book, knowledge);
    for (const id of book.dangers.keys()) {
      for (const outsideGuatemala of [false, true]) {
        const { paragraphs } = replyTo(id, 'es', { outsideGuatemala, alsoAsked: false });
        const says = opened.recordings.filter(({ source = '' }) =>
          source.startsWith(`${paragraphs.join('\n\n')}\n\nLo dice: `),
        );
        expect(says, id).toHaveLength(1);
      }
    }
  });

  it('have no digit and no link in what is spoken', () => {
    for (const { id, text } of opened.recordings) expect(text, id).not.toMatch(/\d|https?:/);
  });

  it.each([
    ['aviso', ['audio']],
    ['menu', ['', 'audio']],
    ['pedir-refugio', ['', '1', 'audio']],
    ['pasaporte', ['¿Cómo saco el pasaporte guatemalteco de adulto?', 'no sé leer']],
    ['multa', ['Se me venció la estadía, ¿qué hago?', 'audio']],
  ])('"%s" is heard after %j', async (id, said) => {
    const key = await hear(...said);
    expect(key).toMatch(new RegExp(`^${id}@`));
    expect(opened.audio.get(key ?? '')).toBeDefined();
  });

  it('are not heard for what they do not say, nor in another language', async () => {
    expect(await hear('¿Cuánto cuesta el pasaporte?', 'audio')).toBeUndefined();
    expect(await hear('How do I get a passport?', 'audio')).toBeUndefined();
    expect(await hear('I cannot read')).toBeUndefined();
  });
});

describe('a list that is behind', () => {
  async function changed(from: RegExp, to: string): Promise<Awaited<ReturnType<typeof check>>> {
    const path = join(folder, RECORDINGS_FILE);
    const whole = await readFile(join(knowledgeDir, RECORDINGS_FILE), 'utf8');
    const edited = whole.replace(from, to);
    expect(edited).not.toBe(whole);
    await writeFile(path, edited);
    return check(folder);
  }

  it.each([
    [
      'other words than are written now',
      /La multa es de Q15 /,
      'La multa era de Q10 ',
      'source',
      /cambió.*npm run recordings/,
    ],
    [
      'a unit that does not answer it',
      /tramite\/prorroga-turista/,
      'tramite/visas',
      'unit',
      /responde tramite\/prorroga-turista/,
    ],
    [
      'a corrected text',
      /Para borrarlo, escriba borrar/,
      'Para borrar, escriba borrar',
      'text',
      /otro texto/,
    ],
  ])('tells of %s, with its line', async (_what, from, to, field, message) => {
    const defects = await changed(from, to);
    expect(defects).toEqual([
      expect.objectContaining({ file: RECORDINGS_FILE, message: expect.stringMatching(message) }),
    ]);
    const lines = (await readFile(join(folder, RECORDINGS_FILE), 'utf8')).split('\n');
    expect(lines[(defects[0]?.line ?? 0) - 1]).toMatch(new RegExp(`^    ${field}:`));
  });

  it('costs nothing where there are no recordings', async () => {
    const none = () => Promise.reject(new Error('opened'));
    expect(await checkRecordings(join(folder, 'data'), none, now)).toEqual([]);
  });
});
