import { expect, it } from 'vitest';
import { digitWords, numberWords, ordinalWords } from '#src/channels/whatsapp/speech-numbers.ts';

it.each([
  [0, 'cero'],
  [1, 'uno'],
  [16, 'dieciséis'],
  [21, 'veintiuno'],
  [30, 'treinta'],
  [45, 'cuarenta y cinco'],
  [100, 'cien'],
  [101, 'ciento uno'],
  [233, 'doscientos treinta y tres'],
  [1_000, 'mil'],
  [2_026, 'dos mil veintiséis'],
  [21_500, 'veintiún mil quinientos'],
  [100_000, 'cien mil'],
  [1_000_000, 'un millón'],
  [2_345_678, 'dos millones trescientos cuarenta y cinco mil seiscientos setenta y ocho'],
])('%d is "%s"', (value, words) => {
  expect(numberWords(value)).toBe(words);
});

it.each([
  [1, 'masculine', 'un'],
  [1, 'feminine', 'una'],
  [21, 'masculine', 'veintiún'],
  [21, 'feminine', 'veintiuna'],
  [31, 'masculine', 'treinta y un'],
  [200, 'feminine', 'doscientas'],
  [1_001, 'feminine', 'mil una'],
  [21_000, 'feminine', 'veintiuna mil'],
] as const)('%d before a %s noun is "%s"', (value, gender, words) => {
  expect(numberWords(value, gender)).toBe(words);
});

it('says digits one by one and avenues in their order', () => {
  expect(digitWords('2410')).toBe('dos, cuatro, uno, cero');
  expect(ordinalWords(6)).toBe('sexta');
  expect(ordinalWords(12)).toBeUndefined();
});
