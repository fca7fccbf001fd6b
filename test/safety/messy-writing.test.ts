import { describe, expect, it, test } from 'vitest';
import { createSpell, readMessy, soundOf } from '#src/safety/messy-writing.ts';

describe('soundOf', () => {
  test.each([
    ['quieren', 'kieren'],
    ['haciendo', 'asiendo'],
    ['violaron', 'biolaron'],
    ['llevan', 'yevan'],
    ['gente', 'jente'],
    ['embarazada', 'enbarazada'],
    ['encerrada', 'enserada'],
    ['ayuda', 'AYUDAAAA'],
    ['niño', 'nino'],
    ["j'ai", 'jai'],
  ])('makes %s and %s one', (a, b) => {
    expect(soundOf(a)).toBe(soundOf(b));
  });

  it('keeps ch, and digits, as they are', () => {
    expect(soundOf('machete')).toBe('machete');
    expect(soundOf('14')).toBe('14');
  });
});

describe('readMessy', () => {
  const spell = createSpell({ xq: 'porque', k: 'que' });
  const read = (text: string) => readMessy(text, spell);

  it('writes out what people shorten', () => {
    expect(read('xq k').words).toEqual([soundOf('porque'), soundOf('que')]);
  });

  it('tells what sets words apart', () => {
    expect(read('a b\nc, d. e... f').breaks).toEqual(['none', 'none', 'line', 'comma', 'stop', 'none']);
  });

  it('leaves emoji out, a cry for help aside', () => {
    expect(read('😭 a 🆘').words).toEqual(['a', 'sos']);
  });
});
