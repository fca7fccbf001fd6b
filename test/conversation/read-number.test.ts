import { describe, expect, it } from 'vitest';
import { createReadNumber } from '#src/conversation/read-number.ts';
import { phrases } from './talk-harness.ts';

const readNumber = createReadNumber(phrases);

describe('a number to choose by', () => {
  it.each([
    ['1', 1],
    ['1.', 1],
    ['2️⃣', 2],
    ['uno', 1],
    ['La primera', 1],
    ['el 2', 2],
    ['opción 3', 3],
    ['quiero la 4, por favor', 4],
    ['número seis', 6],
    ['the second', 2],
    ['option two', 2],
    ['a terceira', 3],
    ['le premier', 1],
    ['deuxième', 2],
    ['premye', 1],
    ['de', 2],
    ['nimewo 5', 5],
    ['12', 12],
  ])('"%s" is %i', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  it.each(['', 'la', 'tengo 2 hijos', '1 y 2', 'quiero pasaporte', 'artículo 3', '2026', 'la de refugio'])(
    '"%s" is none',
    (text) => {
      expect(readNumber(text)).toBeUndefined();
    },
  );
});
