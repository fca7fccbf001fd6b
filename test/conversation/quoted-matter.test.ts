import { describe, expect, it } from 'vitest';
import { quotedMatter } from '#src/conversation/quoted-matter.ts';
import { openTalk, type Query, turnParts } from './talk-harness.ts';

describe('a quoted message', () => {
  it.each([
    ['Puede pedir refugio.\n\nLo dice: Código de Migración, artículo 46', 'Código de Migración, artículo 46'],
    [
      'Puede.\n\nLo dice:\n• Código de Migración, artículo 46 (vigente): https://x.example/a\n• Otra',
      'Código de Migración, artículo 46',
    ],
    [
      'For now…\n\nSource: Código de Migración, artículo 46\nhttps://x.example',
      'Código de Migración, artículo 46',
    ],
    ['Oui.\n\nSource : Constitución, artículo 6', 'Constitución, artículo 6'],
    ['quiero pedir residencia', 'quiero pedir residencia'],
    ['Lo dice mi abogado', 'Lo dice mi abogado'],
  ])('%j is about %j', (quoted, topic) => {
    expect(quotedMatter(quoted)).toEqual({ topic });
  });

  it('is masked and cut', () => {
    const { topic } = quotedMatter(`mi pasaporte es C1234567 ${'y quiero renovarlo '.repeat(100)}`);
    expect(topic).toContain('[documento]');
    expect(topic.length).toBe(500);
  });

  it('is what a message leans on, whatever was talked about since', async () => {
    const queries: Query[] = [];
    const talk = openTalk(turnParts(queries));
    await talk.say('clases de pasaporte oficial');
    await talk.say({ text: '¿y cuánto cuesta?', quoted: 'quiero pedir residencia temporal' });
    expect(queries.at(-1)?.query).toBe('quiero pedir residencia temporal ¿y cuánto cuesta?');
    expect(talk.context?.topic).toBe('quiero pedir residencia temporal');
  });

  it('counts in a first message, and not for a question that stands alone', async () => {
    const queries: Query[] = [];
    await openTalk(turnParts(queries)).say({ text: '¿y cuánto cuesta?', quoted: 'quiero pasaporte' });
    expect(queries.at(-1)?.query).toContain('quiero pasaporte');
    const turn = await openTalk(turnParts(queries)).say({
      text: '¿los estudiantes universitarios hondureños consiguen residencia?',
      quoted: 'quiero pasaporte',
    });
    expect(turn.context?.topic).toBe('¿los estudiantes universitarios hondureños consiguen residencia?');
  });
});
