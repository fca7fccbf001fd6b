import { expect, it } from 'vitest';
import { oggSeconds } from '#src/channels/whatsapp/ogg-seconds.ts';
import { oggFile } from './ogg.ts';

it('tells how long an Ogg Opus file lasts by its last page', () => {
  expect(oggSeconds(oggFile(0))).toBe(0);
  expect(oggSeconds(oggFile(95))).toBe(95);
});

it.each([
  ['nothing', new Uint8Array()],
  ['another format', Buffer.from('ID3\u0003 and more bytes than a head has, of no Ogg file at all')],
  ['a file cut off in its head', Buffer.from('OggS\u0000\u0000')],
])('of %s it tells nothing', (_what, bytes) => {
  expect(oggSeconds(bytes)).toBeUndefined();
});

it('reads a view of a larger buffer', () => {
  const file = oggFile(7);
  const around = new Uint8Array(file.byteLength + 20);
  around.set(file, 10);
  expect(oggSeconds(around.subarray(10, 10 + file.byteLength))).toBe(7);
});
