import { describe, expect, it } from 'vitest';
import type { Reply } from '#src/channels/channel.ts';
import { createFindRecording } from '#src/conversation/find-recording.ts';
import { recordedWords, statementsOf } from '#src/conversation/recorded-words.ts';
import { type Recording, recordingKey } from '#src/knowledge/recordings.ts';

function otherSource(): Partial<Reply> {
  const [citation] = reply('').citations;
  return { citations: citation ? [{ ...citation, label: 'Constitución, artículo 27' }] : [] };
}
const reply = (text: string, more: Partial<Reply> = {}): Reply => ({
  kind: 'answer',
  language: 'es',
  blocks: [{ kind: 'paragraph', text }],
  citations: [
    {
      unit: 'tramite/refugio',
      norm: 'tramite',
      article: 'refugio',
      label: 'Guía de trámites: Pedir refugio',
      url: 'http://127.0.0.1:3978/tramites/refugio',
      validity: { status: 'vigente' },
      review: { state: 'fuente-publica' },
    },
  ],
  ...more,
});
const recorded = reply('Pida refugio. Es gratis. Diga que tiene miedo.');
const recordingOf = (said: Reply): Recording => ({
  id: 'refugio',
  kind: 'answer',
  asks: '¿Cómo pido refugio?',
  unit: 'tramite/refugio',
  reason: 'Quien huye no lee.',
  source: recordedWords(said),
  review: { state: 'pendiente' },
});
const recording = recordingOf(recorded);
const find = createFindRecording({ recordings: [recording], notice: undefined });
const found = (one: Reply, said = recorded) =>
  createFindRecording({ recordings: [recordingOf(said)], notice: undefined })({ kind: 'reply', reply: one });

describe('a reply', () => {
  it('is said by the recording of its words', () => {
    expect(found(recorded)).toBe(recordingKey(recording));
  });

  it('is the same on whatever address, and with its sentences in another order', () => {
    const elsewhere = recorded.citations.map((citation) => ({ ...citation, url: 'https://igm.gob.gt/x' }));
    expect(found({ ...recorded, citations: elsewhere })).toBeDefined();
    expect(found(reply('Es gratis. Diga que tiene miedo. Pida refugio.'))).toBeDefined();
  });

  it('may leave a little out, and be followed by more', () => {
    expect(found(reply('Pida refugio. Diga que tiene miedo.', { place: 'first' }))).toBeDefined();
  });

  it.each([
    ['one word more', reply('Pida refugio hoy. Es gratis. Diga que tiene miedo.')],
    ['a sentence more', reply('Pida refugio. Es gratis. Diga que tiene miedo. Venga.')],
    ['far less', reply('Es gratis.', { citations: [] })],
    ['another price', reply('Pida refugio. Es caro. Diga que tiene miedo.')],
    ['another language', { ...recorded, language: 'en' }],
    ['another source', reply('Pida refugio. Es gratis. Diga que tiene miedo.', otherSource())],
  ] satisfies readonly (readonly [string, Reply])[])('with %s is not', (_what, other) => {
    expect(found(other)).toBeUndefined();
  });

  it('that has nothing more to tell is not said by a recording that promises it', () => {
    const promising = { ...recorded, place: 'first' } as const;
    expect(found(promising, promising)).toBeDefined();
    expect(found(recorded, promising)).toBeUndefined();
  });

  it('whose steps are numbered otherwise says something else', () => {
    const steps = (...items: readonly string[]): Reply =>
      reply('', { blocks: [{ kind: 'list', ordered: true, items }] });
    expect(found(steps('Pague.', 'Firme.'), steps('Firme.', 'Pague.'))).toBeUndefined();
  });

  it('may hold less of a list, and fewer of the sources', () => {
    const steps = (title: string, items: readonly string[]): Reply =>
      reply('', { blocks: [{ kind: 'list', ordered: true, title, items }] });
    const items = ['Pague en el banco.', 'Firme el papel.', 'Venga a la oficina.'];
    const whole = steps('Pasos (1 a 3 de 5):', items);
    expect(found(steps('Pasos (1 a 2 de 5):', items.slice(0, 2)), whole)).toBeDefined();
    expect(statementsOf('Lo dice: Código, artículo 1; Constitución, artículo 2')).toEqual([
      'Lo dice: Código, artículo 1',
      'Lo dice: Constitución, artículo 2',
    ]);
  });

  it('is said by the nearest of several', () => {
    const longer = {
      ...recordingOf(reply('Pida refugio. Es gratis. Diga que tiene miedo. Venga.')),
      id: 'todo',
    };
    const among = createFindRecording({ recordings: [longer, recording], notice: undefined });
    expect(among({ kind: 'reply', reply: recorded })).toBe(recordingKey(recording));
  });
});

describe('the notice', () => {
  it('is said where it is the one that was recorded', () => {
    const withNotice = createFindRecording({ recordings: [recording], notice: recorded });
    expect(withNotice({ kind: 'notice' })).toBe(recordingKey(recording));
    expect(find({ kind: 'notice' })).toBeUndefined();
    const other = createFindRecording({ recordings: [recording], notice: reply('Guardo 90 días.') });
    expect(other({ kind: 'notice' })).toBeUndefined();
  });
});
