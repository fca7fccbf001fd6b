import { describe, expect, it } from 'vitest';
import { readActivity } from '#src/channels/teams/activity.ts';
import { plainText } from '#src/channels/teams/plain-text.ts';
import { recorded } from './teams-platform.ts';

function textOf(name: string, over: Readonly<Record<string, unknown>> = {}): string {
  return plainText(readActivity(recorded(name, over)).activity);
}

describe('the words of a Teams message', () => {
  it('are without the mention that called the bot', () => {
    expect(textOf('group-message-mention')).toBe('¿qué dice el artículo 46?');
  });

  it('are without the bot’s mention wherever and however often it stands', () => {
    const text = '<at>Test Bot</at> ¿y el 47, <at>Test Bot</at>?';
    expect(textOf('group-message-mention', { text })).toBe('¿y el 47, ?');
    expect(textOf('personal-message', { text })).toBe('¿y el 47, ?');
  });

  it('keep the name of another person who is mentioned, without its markup', () => {
    const text = '<at>Test Bot</at> dígale a <at id="1">Ana</at> qué es una visa';
    expect(textOf('group-message-mention', { text })).toBe('dígale a Ana qué es una visa');
  });

  it.each([
    ['&iexcl; se queda, &amp; &lt;b&gt; &quot;x&quot;', '&iexcl; se queda, & <b> "x"'],
    ['a&nbsp;&nbsp;b &#241; &#xF1;', 'a b ñ ñ'],
    ['escribí &amp;lt;', 'escribí &lt;'],
    ['&#0; &#x110000; &#99999999;', '&#0; &#x110000; &#99999999;'],
    [' uno \r\n  dos ', 'uno\ndos'],
  ])('have their entities decoded once: %s', (text, expected) => {
    expect(textOf('personal-message', { text })).toBe(expected);
  });

  it.each([
    ['a mention without anybody', [{ type: 'mention', text: '<at>x</at>' }]],
    ['an entity without a type', [{}]],
    ['no entities', null],
  ])('are read in spite of %s', (_what, entities) => {
    expect(textOf('personal-message', { text: 'hola', entities })).toBe('hola');
  });
});
