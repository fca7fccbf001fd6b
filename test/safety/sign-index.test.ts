import { describe, expect, it, test } from 'vitest';
import { createSpell, readMessy, soundOf } from '#src/safety/messy-writing.ts';
import { createSignIndex } from '#src/safety/sign-index.ts';
import { PatternFault, parsePattern } from '#src/safety/sign-pattern.ts';
import { readWordLists } from '#src/safety/word-lists.ts';
import { book } from './danger-examples.ts';

const spell = createSpell({});
const words = readWordLists(
  { ...book.reading.languages.es, lists: { 'mis-hijos': ['mi hijo', 'hija'], golpes: ['pegar', 'herir'] } },
  spell,
);
const spans = (pattern: string, text: string) =>
  createSignIndex([{ pattern: parsePattern(pattern, words), sign: 'x' }])(readMessy(text, spell)).map(
    ({ start, end }) => [start, end],
  );

describe('a pattern', () => {
  test.each([
    ['a b', 'x a b', [[1, 3]]],
    ['a (b|c d)? e', 'a c d e', [[0, 4]]],
    ['a (b|c d)? e', 'a e', [[0, 2]]],
    ['golpe*', 'le golpeó', [[1, 2]]],
    ['a .. b', 'a 1 2 3 4 b', [[0, 6]]],
    ['a .. b', 'a 1 2 3 4 5 b', []],
    ['@mis-hijos c', 'a mi hijo c', [[1, 4]]],
    ['tengo 0 anos', 'tengo 15 anos', [[0, 3]]],
    ['en 0000', 'en 15', []],
    ['en 0000', 'en 2015', [[0, 2]]],
    ['(a|a b) (c)?', 'a b c', [[0, 3]]],
    ['a? b', 'b', [[0, 1]]],
  ])('%s in %s', (pattern, text, expected) => {
    expect(spans(pattern, text)).toEqual(expected);
  });

  test.each(['me pega', 'nos estan pegando', 'acaban de pegarme', 'me van a herir', 'me hieren'])(
    '@golpes~ is %s',
    (text) => {
      expect(spans('@golpes~', text)).not.toEqual([]);
      expect(spans('@golpes^', text)).toEqual([]);
    },
  );

  test.each(['me pego', 'nos pegaron', 'me han herido', 'quisieron pegarnos', 'me hirieron'])(
    '@golpes^ is %s',
    (text) => {
      expect(spans('@golpes^', text)).not.toEqual([]);
    },
  );

  it('reaches over lines and not over commas or full stops', () => {
    expect(spans('a b', 'a\nb')).toEqual([[0, 2]]);
    expect(spans('a b', 'a, b')).toEqual([]);
    expect(spans('a .. b', 'a c. b')).toEqual([]);
  });

  test.each(['(a|b', 'a)', '.. a', 'a ..', 'a?', '@nadie', 'a (|b)', 'a %', '?'])(
    '%s is refused',
    (pattern) => {
      expect(() => parsePattern(pattern, words)).toThrow(PatternFault);
    },
  );

  it('is spelled as texts are', () => {
    expect(spans('quieren', 'KIEREN')).toEqual([[0, 1]]);
    expect(soundOf('quieren')).toBe(soundOf('kieren'));
  });
});
