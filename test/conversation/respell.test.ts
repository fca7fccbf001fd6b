import { describe, expect, it } from 'vitest';
import { createRespell } from '#src/conversation/respell.ts';

const once = ['¿Cuánto vale el pasaporte?', 'Necesito hablar con migración', 'mi hija hice', 'tubo'];
const respell = createRespell({
  spanish: [...once, ...once, 'tuvo', 'tuvo', 'tuvo', 'kisieron', 'refujio', ...Array(10).fill('refugio')],
  known: ['What is the price of the passport?', 'kote'],
});

describe('words written by ear', () => {
  it.each([
    ['kuanto bale el pasaporte', 'cuanto vale el pasaporte'],
    ['¡Nesesito ablar con migrasion!', '¡necesito hablar con migracion!'],
    ['NESESITO ABLAR', 'necesito hablar'],
    ['mi ija, porfa', 'mi hija, porfa'],
    ['tubbo', 'tuvo'],
    ['pido refujio', 'pido refugio'],
  ])('"%s" is read as "%s"', (written, read) => {
    expect(respell(written)).toBe(read);
  });

  it.each([
    'vale',
    'tubo',
    'kote passport',
    'Quetzaltenango',
    'el ICE me devolvió',
    'quisieron',
    'C1234567',
    '😂',
  ])('"%s" stays', (text) => {
    expect(respell(text)).toBe(text);
  });
});
