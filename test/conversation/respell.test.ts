import { describe, expect, it } from 'vitest';
import { createRespell } from '#src/conversation/respell.ts';

const respell = createRespell({
  spanish: [
    '¿Cuánto vale el pasaporte?',
    'Necesito hablar con migración',
    'mi hija vale',
    'tubo',
    'tuvo',
    'tuvo',
  ],
  known: ['What is the price of the passport?', 'kote'],
});

describe('words written by ear', () => {
  it.each([
    ['kuanto bale el pasaporte', 'cuanto vale el pasaporte'],
    ['¡Nesesito ABLAR con migrasion!', '¡necesito hablar con migracion!'],
    ['mi ija, porfa', 'mi hija, porfa'],
    ['tubbo', 'tuvo'],
  ])('"%s" is read as "%s"', (written, read) => {
    expect(respell(written)).toBe(read);
  });

  it.each(['vale', 'ke ase', 'kote passport', 'Quetzaltenango', 'C1234567 50255550101', '😂'])(
    '"%s" stays',
    (text) => {
      expect(respell(text)).toBe(text);
    },
  );
});
