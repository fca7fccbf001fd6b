import { describe, expect, it } from 'vitest';
import type { MessageForm, Reply } from '#src/channels/channel.ts';
import { renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import { AppError } from '#src/errors.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { openTalk, POLICE, phrases, type Query, turnParts, wordsOf } from './talk-harness.ts';

const unread = (...forms: readonly MessageForm[]) => ({ unread: new Set(forms) });
const near: Reply = {
  kind: 'answer',
  language: 'es',
  blocks: [{ kind: 'paragraph', text: 'Usted está en Tecún Umán.' }],
  citations: [],
};

describe.each(languageSchema.options)('what is no text, in %s', (language) => {
  const said = phrases[language];
  const open = () => openTalk(turnParts(), { topic: '', language });

  it.each([
    ['picture', said.pictureUnread],
    ['document', said.pictureUnread],
    ['sticker', said.pictureUnread],
    ['contact', said.pictureUnread],
    ['unreadable', said.unreadable],
    ['call', said.callUnanswered],
  ] as const)('a %s is answered with how to go on', async (form, words) => {
    const { reply, retrieved } = await open().say(unread(form));
    expect(reply).toMatchObject({ language, citations: [] });
    expect(wordsOf(reply)).toContain(words);
    expect(retrieved).toEqual([]);
  });

  it('a voice note that cannot be read gets the menu and the numbers to ring in danger', async () => {
    const { reply, context } = await open().say(unread('voice'));
    expect(reply?.blocks[0]).toMatchObject({ kind: 'list', ordered: true, title: said.voiceUnread });
    expect(reply?.blocks[0]).toHaveProperty('items.length', 6);
    expect(wordsOf(reply)).toContain(POLICE);
    expect(context?.pending).toBe('menu');
  });

  it('a call is told the numbers to ring in danger', async () => {
    expect(wordsOf((await open().say(unread('call'))).reply)).toContain(POLICE);
  });
});

describe('beside words', () => {
  it('what cannot be read gets one line before the answer', async () => {
    const { reply } = await openTalk().say({ text: '¿qué pasaporte es este?', ...unread('picture') });
    expect(reply?.kind).toBe('answer');
    expect(reply?.blocks[0]).toMatchObject({ text: phrases.es.pictureBeside });
  });

  it('leave no answer longer than one message', async () => {
    const receivedAt = new Date('2026-11-20T18:00:00Z');
    const heard = 'pido refugio '.repeat(20);
    const { reply } = await openTalk().say({
      text: heard,
      heard,
      receivedAt,
      ...unread('picture', 'unreadable'),
    });
    expect(reply?.blocks).toMatchObject([{}, {}, {}, {}, { title: expect.stringContaining('de 8') }]);
    expect(reply && renderWhatsApp(reply)).toHaveLength(1);
  });

  it('a sticker or a call adds nothing', async () => {
    const { reply } = await openTalk().say({ text: 'clases de pasaporte', ...unread('sticker', 'call') });
    expect(wordsOf(reply)).not.toContain(phrases.es.pictureBeside);
  });

  it('what was understood of a voice note is shown back first, in one line', async () => {
    const heard = `quiero\npasaporte ${'para mi hija '.repeat(40)}`;
    const { reply } = await openTalk().say({ text: heard, heard });
    const [first] = reply?.blocks ?? [];
    expect(first).toMatchObject({
      kind: 'paragraph',
      text: expect.stringMatching(/^Entendí: «quiero pasap.*…»$/),
    });
  });
});

describe('a reaction', () => {
  it.each(['👍', '👍🏿', '✅', '👌🏽', '✔️'])(
    '%s says yes to a question that waits for it',
    async (reaction) => {
      const talk = openTalk();
      await talk.say('borrar mis datos');
      expect((await talk.say({ reaction })).erasePerson).toBe(true);
    },
  );

  it('of another kind is not answered, and the question waits still', async () => {
    const talk = openTalk();
    await talk.say('borrar mis datos');
    expect(await talk.say({ reaction: '❤️' })).toMatchObject({ reply: undefined, erasePerson: false });
    expect((await talk.say('sí')).erasePerson).toBe(true);
  });

  it('is not answered where nothing waits for it, and leaves the talk as it was', async () => {
    const talk = openTalk();
    await talk.say('pido refugio');
    const before = talk.context;
    const turn = await talk.say({ reaction: '👍' });
    expect(turn).toMatchObject({ reply: undefined, sensitive: true });
    expect(turn.notice).toBeUndefined();
    expect(talk.context).toEqual(before);
  });
});

describe('a location', () => {
  const answerLocation = async () => near;

  it('is answered with what is near, and kept no longer than what tells of danger', async () => {
    const turn = await openTalk(turnParts([], { answerLocation })).say({ place: 'gt-1' });
    expect(wordsOf(turn.reply)).toBe('Usted está en Tecún Umán.');
    expect(turn.sensitive).toBe(true);
  });

  it('stands beside the answer to the words it came with, and alone beside words that got none', async () => {
    const open = () => openTalk(turnParts([], { answerLocation }));
    const both = wordsOf((await open().say({ text: 'clases de pasaporte', place: 'gt-1' })).reply);
    expect(both).toMatch(/tres clases[\s\S]*Tecún Umán/);
    for (const text of ['hola', 'estoy aquí sentada']) {
      expect(wordsOf((await open().say({ text, place: 'gt-1' })).reply)).toBe('Usted está en Tecún Umán.');
    }
  });

  it('of somebody in danger is answered with what to do before anything else, and the notice waits', async () => {
    const danger = { ...near, kind: 'emergency' } as const;
    const talk = openTalk(turnParts([], { answerLocation: async () => danger }));
    const turn = await talk.say({ place: 'gt-1', receivedAt: new Date('2026-11-22T17:00:00Z') });
    expect(wordsOf(turn.reply)).toMatch(/^Usted está en Tecún Umán\.\nRespondo a su mensaje/);
    expect(turn.notice).toBeUndefined();
    expect((await talk.say('clases de pasaporte')).notice).toBeDefined();
  });

  it('does not hide a command', async () => {
    const turn = await openTalk(turnParts([], { answerLocation })).say({ text: 'BAJA', place: 'gt-1' });
    expect(turn).toMatchObject({ stop: 'stop', reply: { kind: 'command' } });
  });

  it('fails the turn, to be tried again, when the places cannot be read', async () => {
    const failing = async () => {
      throw new AppError('PLACES_UNAVAILABLE', 'No places.', { retryable: true });
    };
    const talk = openTalk(turnParts([], { answerLocation: failing }));
    await expect(talk.say({ place: 'gt-1' })).rejects.toMatchObject({ code: 'PLACES_UNAVAILABLE' });
  });

  it('is asked for in words where no places are known', async () => {
    expect(wordsOf((await openTalk().say({ place: '' })).reply)).toBe(phrases.es.placeUnread);
  });
});

it('searches for nothing but words', async () => {
  const queries: Query[] = [];
  const talk = openTalk(turnParts(queries));
  for (const form of ['voice', 'picture', 'call', 'unreadable'] as const) await talk.say(unread(form));
  await talk.say({ reaction: '👍' });
  expect(queries).toEqual([]);
});
