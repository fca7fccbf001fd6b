import { describe, expect, it } from 'vitest';
import type { Answerer } from '#src/answering/answerer.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { openTalk, POLICE, phrases, type Query, turnParts, wordsOf } from './talk-harness.ts';

const voice = { unread: new Set(['voice'] as const) };

describe('a number that answers nothing', () => {
  it.each(['2', 'la cuarta'])('"%s" brings the menu on WhatsApp', async (number) => {
    const talk = openTalk();
    expect((await talk.say(number)).reply).toMatchObject({
      kind: 'clarify',
      blocks: [{ ordered: true }, {}],
    });
    expect((await talk.say('1')).reply?.kind).toBe('answer');
  });

  it.each(['0', '99'])('"%s" of no menu brings it too where nothing was talked about', async (number) => {
    expect((await openTalk().say(number)).context?.pending).toBe('menu');
  });

  it('is a question elsewhere, and in a talk where the menu has no such number', async () => {
    const queries: Query[] = [];
    await openTalk(turnParts(queries)).say({ text: '2', channel: 'web' });
    const talk = openTalk(turnParts(queries), { topic: 'qué dice el artículo 45', language: 'es' });
    await talk.say('46');
    expect(queries.map(({ query }) => query)).toEqual(['2', 'articulos 46']);
  });
});

describe('no word at all', () => {
  it.each(['?', '…', '😭😭'])('"%s" brings the menu on WhatsApp, whom to ring first', async (text) => {
    const { reply, context, retrieved } = await openTalk().say(text);
    expect(reply?.blocks).toMatchObject([{ text: expect.stringContaining(POLICE) }, { kind: 'list' }]);
    expect(context?.pending).toBe('menu');
    expect(retrieved).toEqual([]);
  });
});

describe('a number of the menu', () => {
  it.each(['1', 'uno', 'la primera', 'opción 1'])(
    '"%s" is answered as its question would be',
    async (pick) => {
      const talk = openTalk();
      await talk.say(voice);
      const { reply, context } = await talk.say(pick);
      expect(reply).toMatchObject({ kind: 'answer', citations: [{ unit: 'tramite/refugio' }] });
      expect(context?.topic).toContain('refugio');
    },
  );

  it('asks its question alone, whatever was talked about or is quoted', async () => {
    const queries: Query[] = [];
    const talk = openTalk(turnParts(queries));
    await talk.say('quiero la residencia');
    await talk.say(voice);
    await talk.say({ text: '1', quoted: 'Escriba solo el número de lo que necesita' });
    expect(queries.at(-1)?.query).toMatch(/^Tengo miedo de volver a mi país, ¿cómo pido refugio\?$/);
    await talk.say(voice);
    await talk.say('5');
    await talk.say('2');
    expect(queries.at(-1)?.query).toMatch(/^Se me venció/);
  });

  it.each(languageSchema.options)('is answered in the language of the menu: %s', async (language) => {
    const queries: Query[] = [];
    const talk = openTalk(turnParts(queries), { topic: '', language });
    await talk.say(voice);
    expect((await talk.say('3')).reply).toMatchObject({ kind: 'answer', language });
    expect(queries.at(-1)?.query).toContain('pasaporte');
  });

  it('offers in turn the questions of a matter that has several', async () => {
    const queries: Query[] = [];
    const talk = openTalk(turnParts(queries));
    await talk.say(voice);
    const { reply } = await talk.say('5');
    expect(reply).toMatchObject({ kind: 'clarify', blocks: [{ ordered: true }] });
    expect(queries).toEqual([]);
    await talk.say('la segunda');
    expect(queries.at(-1)?.query).toContain('multa');
  });

  it('that is not offered brings the menu again, with the numbers to ring in danger', async () => {
    const talk = openTalk();
    await talk.say(voice);
    const { reply, context } = await talk.say('9');
    expect(wordsOf(reply)).toContain(phrases.es.pickAgain);
    expect(wordsOf(reply)).toContain(POLICE);
    expect(context?.pending).toBe('menu');
  });

  it('means nothing any more once a real question was asked', async () => {
    const talk = openTalk();
    await talk.say(voice);
    expect((await talk.say('¿qué pasaporte necesito?')).reply?.kind).toBe('answer');
    expect(talk.context?.pending).toBeUndefined();
    expect((await talk.say('1')).reply?.citations).not.toMatchObject([{ unit: 'tramite/refugio' }]);
  });
});

describe('the choices of an unclear question', () => {
  const asking: Answerer = {
    answer: async ({ text }) =>
      text.startsWith('renovar')
        ? { kind: 'clarify', question: '¿Qué quiere renovar?', choices: ['el pasaporte', 'la residencia'] }
        : { kind: 'declined', reason: 'no-evidence' },
  };

  it('are numbered, and a number asks the one it stands for', async () => {
    const queries: Query[] = [];
    const talk = openTalk(turnParts(queries, { answerer: asking }));
    const { reply } = await talk.say('renovar');
    expect(reply).toMatchObject({ kind: 'clarify', blocks: [{ ordered: true }] });
    await talk.say('la segunda');
    expect(queries.some(({ query }) => query === 'la residencia')).toBe(true);
  });

  it('are offered again to whoever writes a number beyond them', async () => {
    const talk = openTalk(turnParts([], { answerer: asking }));
    await talk.say('renovar');
    const { reply } = await talk.say('7');
    expect(reply?.blocks).toMatchObject([{ items: ['el pasaporte', 'la residencia'] }]);
  });
});
