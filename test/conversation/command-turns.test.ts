import { describe, expect, it } from 'vitest';
import { decodeContext, encodeContext } from '#src/conversation/talk-context.ts';
import type { FindRecording } from '#src/conversation/turn.ts';
import { openTalk, phrases, type Query, turnParts, wordsOf } from './talk-harness.ts';

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
    const talk = openTalk();
    const { reply } = await talk.say('pido refugio');
    expect((await talk.say(word)).reply).toEqual({ ...reply, spoken: {} });
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
