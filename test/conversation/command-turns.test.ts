import { describe, expect, it } from 'vitest';
import { decodeContext, encodeContext } from '#src/conversation/talk-context.ts';
import type { FindRecording } from '#src/conversation/turn.ts';
import { openTalk, POLICE, phrases, type Query, turnParts, wordsOf } from './talk-harness.ts';

describe('more', () => {
  it('gives, part by part, all that an answer says, and then that nothing is left', async () => {
    const talk = openTalk();
    const first = await talk.say('pido refugio');
    expect(first.reply?.place).toBe('first');
    let told = wordsOf(first.reply);
    for (let part = 0; part < 5 && talk.context?.rest !== undefined; part += 1) {
      told += wordsOf((await talk.say('1')).reply);
    }
    expect(told).toContain('Diga en la frontera');
    expect(told).toContain('puede presentar un recurso en 10 días');
    const { reply } = await talk.say('1');
    expect(wordsOf(reply)).toBe(phrases.es.moreNone);
  });

  it.each(['1', 'más', 'mas', 'Sigue', '+', 'uno', 'more', 'mais', 'plus', 'plis', 'más por favor'])(
    'is asked for with "%s"',
    async (word) => {
      const talk = openTalk();
      await talk.say('pido refugio');
      const { reply } = await talk.say(word);
      expect(reply).toMatchObject({ kind: 'answer', place: 'last' });
      expect(wordsOf(reply)).toContain('recurso');
    },
  );

  it('is dropped by another question', async () => {
    const talk = openTalk();
    await talk.say('pido refugio');
    await talk.say('¿qué pasaporte necesito?');
    expect(talk.context?.rest).toBeUndefined();
    expect(wordsOf((await talk.say('más')).reply)).toBe(phrases.es.moreNone);
  });

  it('asked for by "1" under an answer that was whole says that nothing is left', async () => {
    const talk = openTalk();
    expect((await talk.say('clases de pasaporte')).reply?.place).toBeUndefined();
    expect(wordsOf((await talk.say('1')).reply)).toBe(phrases.es.moreNone);
  });

  it('is asked for with a yes, and still after thanks', async () => {
    const talk = openTalk();
    await talk.say('pido refugio');
    expect((await talk.say('gracias')).reply?.kind).toBe('smalltalk');
    expect((await talk.say('sí')).reply).toMatchObject({ kind: 'answer', place: 'last' });
  });

  it('under what to do in danger gives that once more', async () => {
    const dangers = {
      triage: { find: () => ({ id: 'threat-to-life', language: 'es' }) as const, isUrgent: () => true },
      reply: () => ({ paragraphs: ['Llame ya.'], cites: [] }),
      cite: () => expect.fail('nothing is cited'),
    };
    const { context } = await openTalk(turnParts([], { dangers })).say('me van a matar');
    const turn = await openTalk(turnParts(), context).say('más');
    expect(turn).toMatchObject({
      reply: { kind: 'emergency', blocks: [{ text: 'Llame ya.' }] },
      sensitive: true,
    });
  });

  it('of what tells of danger is kept no longer than the first of it', async () => {
    const talk = openTalk();
    await talk.say('pido refugio');
    expect((await talk.say('más')).sensitive).toBe(true);
    expect((await talk.say('clases de pasaporte')).sensitive).toBe(false);
  });

  it('is not needed where a long answer is read at once', async () => {
    const { reply, context } = await openTalk().say({ text: 'pido refugio', channel: 'web' });
    expect(reply?.place).toBeUndefined();
    expect(context).not.toHaveProperty('rest');
  });

  it('survives being kept', async () => {
    const talk = openTalk();
    await talk.say('pido refugio');
    const kept = decodeContext(encodeContext(talk.context ?? { topic: '', language: 'es' }));
    expect(kept).toEqual(talk.context);
  });
});

describe('to hear it', () => {
  it.each([
    'audio',
    'en audio',
    'No sé leer',
    'no puedo leer',
    'I cannot read',
    'não sei ler',
    'je ne sais pas lire',
    'odyo',
  ])('"%s" repeats the last reply as it was sent', async (word) => {
    const talk = openTalk(turnParts([], { speaks: true }));
    const { reply } = await talk.say('pido refugio');
    expect((await talk.say(word)).reply).toEqual({ ...reply, spoken: {} });
  });

  it('is owned up to where nothing speaks, and nothing is lost', async () => {
    const talk = openTalk();
    await talk.say('pido refugio');
    expect(wordsOf((await talk.say('audio')).reply)).toContain('2411-0000');
    expect((await talk.say('1')).reply?.place).toBe('last');
  });

  it('repeats what was told before the thanks', async () => {
    const talk = openTalk(turnParts([], { speaks: true }));
    const { reply } = await talk.say('pido refugio');
    await talk.say('gracias');
    expect((await talk.say('audio')).reply).toEqual({ ...reply, spoken: {} });
    expect((await talk.say('audio')).sensitive).toBe(true);
  });

  it('names the recording that says it', async () => {
    const findRecording: FindRecording = (of) =>
      of.kind === 'reply' ? of.reply.citations[0]?.unit.replace('/', '-') : 'aviso';
    const talk = openTalk(turnParts([], { findRecording }));
    await talk.say('pido refugio');
    expect((await talk.say('audio')).reply?.spoken).toEqual({ recording: 'tramite-refugio' });
  });

  it('says the notice to whoever has been told nothing yet', async () => {
    const talk = openTalk(
      turnParts([], { findRecording: ({ kind }) => (kind === 'notice' ? 'aviso' : undefined) }),
    );
    const turn = await talk.say('no sé leer');
    expect(turn.reply?.spoken).toEqual({ recording: 'aviso' });
    expect(wordsOf(turn.reply)).toContain(phrases.es.notice.what);
    expect(turn.notice).toBeUndefined();
  });

  it('gives a number to ring where nothing can be heard', async () => {
    expect(wordsOf((await openTalk().say('no sé leer')).reply)).toContain('2411-0000');
  });

  it('leaves what was waited for as it was', async () => {
    const talk = openTalk();
    await talk.say('pido refugio');
    await talk.say('audio');
    expect(wordsOf((await talk.say('1')).reply)).toContain('recurso');
  });
});

describe('help', () => {
  it.each(['ayuda', 'Ayúdenme por favor', 'AUXILIO', 'menú', 'help', 'socorro', 'aidez-moi', 'anmwe'])(
    '"%s" brings the menu, whom to ring first',
    async (word) => {
      const { reply, context, retrieved } = await openTalk().say(word);
      expect(reply?.blocks).toMatchObject([{ text: expect.stringContaining(POLICE) }, { kind: 'list' }]);
      expect(context?.pending).toBe('menu');
      expect(retrieved).toEqual([]);
    },
  );

  it.each(['quiero hablar con una persona', 'talk to a person', 'falar com alguém', 'yon moun'])(
    '"%s" is told how to reach one',
    async (word) => {
      const { reply, notice } = await openTalk().say(word);
      expect(reply?.kind).toBe('handoff');
      expect(wordsOf(reply)).toMatch(/2411-0000[\s\S]*991/);
      expect(notice).toBeDefined();
    },
  );

  it.each(['¿Quién es usted?', 'are you a robot?', 'você é um robô?'])(
    '"%s" is told what this is',
    async (word) => {
      const { reply } = await openTalk().say(word);
      expect(wordsOf(reply)).toContain(phrases[reply?.language ?? 'ht'].notice.what);
    },
  );

  it('that something was not understood leaves what was told, to be heard or to be gone on with', async () => {
    const talk = openTalk(turnParts([], { speaks: true }));
    await talk.say('pido refugio');
    expect(wordsOf((await talk.say('no entendí')).reply)).toContain('2411-0000');
    expect((await talk.say('audio')).reply?.kind).toBe('answer');
    expect((await talk.say('1')).reply?.place).toBe('last');
  });

  it('is asked for as anything else is on Teams', async () => {
    const queries: Query[] = [];
    await openTalk(turnParts(queries)).say({ text: 'hablar con una persona', channel: 'teams' });
    expect(queries).toHaveLength(1);
  });
});

describe('a question that finds nothing', () => {
  it('twice in a row is followed by the menu', async () => {
    const talk = openTalk();
    expect((await talk.say('el precio del oro')).reply?.kind).toBe('declined');
    const { reply } = await talk.say('la receta del tamal');
    expect(reply).toMatchObject({
      kind: 'declined',
      blocks: [{ kind: 'list', title: phrases.es.declinedAgain }, {}],
    });
    expect((await talk.say('3')).reply?.kind).toBe('answer');
  });

  it('is told so where another one was answered between', async () => {
    const talk = openTalk();
    await talk.say('el precio del oro');
    await talk.say('clases de pasaporte');
    expect(wordsOf((await talk.say('la receta del tamal')).reply)).toContain(phrases.es.declined);
  });
});

describe('a yes, a no or a heart that nobody waits for', () => {
  it.each(['sí', 'no', '🙏🏽', '❤️', '👍'])('"%s" is taken for thanks', async (word) => {
    const queries: Query[] = [];
    const talk = openTalk(turnParts(queries));
    await talk.say('clases de pasaporte');
    expect(wordsOf((await talk.say(word)).reply)).toBe(phrases.es.thanks);
    expect(queries).toHaveLength(1);
  });
});

describe('being left alone', () => {
  it.each(['BAJA', 'stop', 'parar', 'No me escriban', 'unsubscribe', 'não me escreva', 'arrêtez', 'sispann'])(
    '"%s" stops what is written unasked, and says so',
    async (word) => {
      const queries: Query[] = [];
      const turn = await openTalk(turnParts(queries)).say(word);
      expect(turn).toMatchObject({ stop: 'stop', reply: { kind: 'command' } });
      expect(turn.notice).toBeUndefined();
      expect(turn.reply?.blocks).toHaveLength(1);
      expect(queries).toEqual([]);
    },
  );

  it('is over with "alta"', async () => {
    expect(await openTalk().say('Alta')).toMatchObject({ stop: 'resume', reply: { kind: 'command' } });
  });

  it('does not keep a question from being answered', async () => {
    const talk = openTalk();
    await talk.say('baja');
    const turn = await talk.say('clases de pasaporte');
    expect(turn.reply?.kind).toBe('answer');
    expect(turn.stop).toBeUndefined();
  });

  it('is confirmed in the language that it was said in', async () => {
    expect((await openTalk().say('sispann')).reply?.language).toBe('ht');
    expect((await openTalk().say('unsubscribe')).reply?.language).toBe('en');
  });
});
