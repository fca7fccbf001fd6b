import { expect, test } from 'vitest';
import { familiarForm } from '#src/knowledge/rules/register.ts';

test.each([
  ['Si tú quiere, pida ayuda.', 'tú'],
  ['Lleve tu pasaporte.', 'tu'],
  ['Tus papeles valen.', 'Tus'],
  ['Vos podés pedir refugio.', 'Vos'],
  ['Si tenés dudas, pregunte.', 'tenés'],
  ['Usted puede; también puedes llamar.', 'puedes'],
])('«%s» speaks to the person as tú or vos', (text, form) => {
  expect(familiarForm(text)).toBe(form);
});

test.each([
  'Usted tiene derecho a pedir refugio.',
  'Aldeas Infantiles SOS recibe a la niñez.',
  'El departamento de TI le ayuda.',
  'Pida la virtud de la paciencia y el estatuto.',
  'La Unidad no puede negarle su derecho; pide papeles y lleva registro.',
  'Quien pedí ayuda dio las gracias; te digo que el té es gratis.',
  'Asociación Pop No’j, en Huehuetenango.',
  'El sostén y el vaso están en la estación.',
])('«%s» does not', (text) => {
  expect(familiarForm(text)).toBeUndefined();
});
