import { describe, expect, it } from 'vitest';
import type { Reply } from '#src/channels/channel.ts';
import { createFindRecording } from '#src/conversation/find-recording.ts';
import { sourceOf } from '#src/conversation/recorded-words.ts';
import type { Recording } from '#src/knowledge/recordings.ts';

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
const recorded = reply('Pida refugio. Es gratis.');
const source = sourceOf(recorded);
const recording: Recording = {
  id: 'refugio',
  kind: 'answer',
  asks: '¿Cómo pido refugio?',
  unit: 'tramite/refugio',
  reason: 'Quien huye no lee.',
  source,
  review: { state: 'pendiente' },
};
const find = createFindRecording({ recordings: [recording], notice: undefined });
const found = (one: Reply) => find({ kind: 'reply', reply: one });

describe('a reply', () => {
  it('is said by the recording of its words', () => {
    expect(found(recorded)).toBe(`refugio@${source}`);
  });

  it('is the same on whatever address, and with its sentences in another order', () => {
    const elsewhere = recorded.citations.map((citation) => ({ ...citation, url: 'https://igm.gob.gt/x' }));
    expect(found({ ...recorded, citations: elsewhere })).toBeDefined();
    expect(found(reply('Es gratis. Pida refugio.'))).toBeDefined();
  });

  it.each([
    ['one word more', reply('Pida refugio hoy. Es gratis.')],
    ['a sentence less', reply('Pida refugio.')],
    ['another price', reply('Pida refugio. Es caro.')],
    ['another source', { ...recorded, citations: [] }],
    ['more to ask for', { ...recorded, place: 'first' }],
    ['another language', { ...recorded, language: 'en' }],
  ] satisfies readonly (readonly [string, Reply])[])('with %s is not', (_what, other) => {
    expect(found(other)).toBeUndefined();
  });

  it('keeps the steps of two lists apart, whose numbers are exchanged', () => {
    const steps = (...items: readonly string[]): Reply =>
      reply('', { blocks: [{ kind: 'list', ordered: true, items }] });
    expect(sourceOf(steps('Pague.', 'Firme.'))).not.toBe(sourceOf(steps('Firme.', 'Pague.')));
  });
});

describe('the notice', () => {
  it('is said where it is the one that was recorded', () => {
    const withNotice = createFindRecording({ recordings: [recording], notice: recorded });
    expect(withNotice({ kind: 'notice' })).toBe(`refugio@${source}`);
    expect(find({ kind: 'notice' })).toBeUndefined();
    const other = createFindRecording({ recordings: [recording], notice: reply('Guardo 90 días.') });
    expect(other({ kind: 'notice' })).toBeUndefined();
  });
});
