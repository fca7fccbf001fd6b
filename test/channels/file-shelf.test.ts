import { expect, it } from 'vitest';
import { createFileShelf } from '#src/channels/file-shelf.ts';

const START = Date.parse('2026-11-22T12:00:00Z');
const file = (name: string) => ({ name, type: 'text/plain', content: new Uint8Array([1]) });

function shelf(options: { readonly most?: number } = {}) {
  let nowMs = START;
  let made = 0;
  const newToken = () => {
    made += 1;
    return `t${made}`;
  };
  const files = createFileShelf({
    ...{ baseUrl: () => 'https://orienta.example', newToken, minutes: 30 },
    now: () => new Date(nowMs),
    ...options,
  });
  return { files, pass: (minutes: number) => (nowMs += minutes * 60_000) };
}

it('hands a file out to whoever has its address, until its time has passed', () => {
  const { files, pass } = shelf();
  expect(files.offer(file('a'))).toEqual({ url: 'https://orienta.example/descargas/t1', minutes: 30 });
  expect(files.take('t1')?.name).toBe('a');
  pass(29);
  expect(files.take('t1')?.name).toBe('a');
  pass(1);
  expect(files.take('t1')).toBeUndefined();
});

it('knows no other address', () => {
  const { files } = shelf();
  files.offer(file('a'));
  expect(files.take('t2')).toBeUndefined();
  expect(files.take('')).toBeUndefined();
});

it('gives the oldest up for the newest', () => {
  const { files } = shelf({ most: 2 });
  for (const name of ['a', 'b', 'c']) files.offer(file(name));
  expect(files.take('t1')).toBeUndefined();
  expect(files.take('t2')?.name).toBe('b');
  expect(files.take('t3')?.name).toBe('c');
});
