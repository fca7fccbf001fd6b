import { describe, expect, it } from 'vitest';
import { maskPersonalData } from '#src/safety/mask-personal-data.ts';

describe('maskPersonalData', () => {
  it.each([
    ['mi dpi es 1234 56789 0101 que hago', 'mi dpi es [documento] que hago'],
    ['dpi 1234567890101', 'dpi [documento]'],
    ['mi identidad 0801-1990-12345', 'mi identidad [documento]'],
    ['pasaporte C1234567 vencido', 'pasaporte [documento] vencido'],
    ['llámeme al 5555-1234 por favor', 'llámeme al [teléfono] por favor'],
    ['mi numero +504 9999-8888', 'mi numero [teléfono]'],
    ['mi numero 55551234', 'mi numero [número]'],
    ['escriba a maria.perez+x@correo.example', 'escriba a [correo]'],
    ['me llamo ana lucia mora y necesito refugio', 'me llamo [nombre] y necesito refugio'],
    ['Soy María de los Ángeles Mora, hondureña', 'Soy [nombre], hondureña'],
    ['my name is John Smith', 'my name is [nombre]'],
    ['expediente 20247781', 'expediente [número]'],
  ])('%s → %s', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each([
    '¿Qué dice el artículo 46 del Decreto 44-2016?',
    'el acuerdo IGM-016-2025 y el AMN 2-2019',
    'tengo 90 días desde el 8 de octubre de 2025',
    'soy de honduras y gano Q 3,000.00',
    'llamé al 1555 y al 110',
    'soy venezolano',
    'cuesta USD 50 o US$2,000',
  ])('leaves "%s" alone', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });
});
