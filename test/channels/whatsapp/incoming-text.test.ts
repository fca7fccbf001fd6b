import { expect, it } from 'vitest';
import { MAX_MESSAGE_LENGTH } from '#src/channels/message-limit.ts';
import { readableText } from '#src/channels/whatsapp/incoming-text.ts';

it.each([
  ['  hola  ', 'hola'],
  ['*¿Cuánto* cuesta el _pasaporte_?', '¿Cuánto cuesta el pasaporte?'],
  ['*_~urgente~_*', 'urgente'],
  ['```artículo 46``` y `47`', 'artículo 46 y 47'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['mi_correo_es a_b@c.gt', 'mi_correo_es a_b@c.gt'],
  ['uno\r\ndos\rtres', 'uno\ndos\ntres'],
  ['a\u0000b\u0007c', 'abc'],
  ['👍🏽', '👍🏽'],
  ['❤️', '❤️'],
  ['?', '?'],
  ['1', '1'],
])('%j is read as %j', (written, text) => {
  expect(readableText(written)).toBe(text);
});

it.each(['', '   \n', '\u200b\u200e\u2060', '\ufe0f', '\u2800\u2800', '\u3164'])(
  '%j says nothing',
  (written) => {
    expect(readableText(written)).toBe('');
  },
);

it('takes the beginning of a text that is too long, and no half of an emoji', () => {
  const start = 'x'.repeat(MAX_MESSAGE_LENGTH);
  expect(readableText(`${start}y`)).toBe(start);
  expect(readableText(`${start.slice(1)}😀`)).toBe(start.slice(1));
  expect(readableText(`${start.slice(2)}😀`)).toBe(`${start.slice(2)}😀`);
});

it.each(['*a ', '_', '~*_', '`', '```'])('is not held up by %j written without end', (unit) => {
  // Were its patterns to look for an end from every beginning in 60,000 characters, the test would run out of time.
  expect(readableText(unit.repeat(20_000)).length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH);
});
