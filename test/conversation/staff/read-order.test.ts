import { describe, expect, it } from 'vitest';
import { readContinuation, readOrder, readPlainOrder } from '#src/conversation/staff/read-order.ts';

describe('an order of staff', () => {
  it.each([
    ['norma 46', 'norma', '46'],
    ['Norma: 46 del Código', 'norma', '46 del Código'],
    ['¿vigencia Decreto 95-98?', 'vigencia', 'Decreto 95-98'],
    ['/acciones MINEX', 'acciones', 'MINEX'],
    ['por favor, responsables de albergar niñez.', 'responsable', 'de albergar niñez'],
    ['y la vigencia del Decreto 5-2022', 'vigencia', 'del Decreto 5-2022'],
    ['norma', 'norma', ''],
  ])('is read from "%s"', (text, word, argument) => {
    expect(readOrder(text)).toEqual({ word, argument, isSure: true });
  });

  it.each([
    ['vijencia Decreto 95-98', 'vigencia'],
    ['resposable trata', 'responsable'],
    ['aciones PGN', 'acciones'],
  ])('is only guessed from "%s"', (text, word) => {
    expect(readOrder(text)).toMatchObject({ word, isSure: false });
  });

  it.each(['¿qué norma regula las visas?', 'necesito un pasaporte', 'mi hijo es menor', '46', ''])(
    'is none in "%s"',
    (text) => {
      expect(readOrder(text)).toBeUndefined();
    },
  );
});

describe('an order of one word', () => {
  it.each([
    ['ayuda', 'ayuda'],
    ['¿Qué puede hacer?', 'ayuda'],
    ['Excel', 'excel'],
    ['exportar a excel', 'excel'],
    ['mándeme la tabla en Excel, por favor', 'excel'],
    ['Copiar para WhatsApp', 'copiar'],
    ['copie el texto para wasap', 'copiar'],
  ])('is read from "%s"', (text, order) => {
    expect(readPlainOrder(text)).toBe(order);
  });

  it.each([
    '¿cuál es el WhatsApp del IGM?',
    'la ayuda humanitaria en frontera',
    'copia del pasaporte',
    'hola',
    '',
  ])('is none in "%s"', (text) => {
    expect(readPlainOrder(text)).toBeUndefined();
  });
});

describe('a message that goes on', () => {
  it.each([
    ['¿y la PGN?', 'PGN'],
    ['y el 47', '47'],
    ['¿Y del Ministerio de Trabajo?', 'Ministerio de Trabajo'],
  ])('wants the order before it for more: "%s"', (text, rest) => {
    expect(readContinuation(text)).toBe(rest);
  });

  it('is not every message', () => {
    expect(readContinuation('Quiero saber de la PGN')).toBeUndefined();
  });
});
