import { describe, expect, it } from 'vitest';
import { cannotOpen, dependsOnBefore } from '#src/answering/leaning-claim.ts';

describe('a sentence that leans on the one before it', () => {
  it.each([
    'Sin ese permiso, Migración puede negar la salida.',
    'Esos enlaces buscan que la inversión se aproveche.',
    'Pero no puede trabajar.',
    'Salvo los menores.',
    'Solo el juez puede levantarlo.',
    'La excepción es una orden escrita.',
    'Otra fuente la pone en el grupo C.',
    'Las fuentes no coinciden: confirme.',
  ])('limits or points at it: %s', (text) => {
    expect(dependsOnBefore(text)).toBe(true);
    expect(cannotOpen(text)).toBe(true);
  });

  it.each(['También se pide en el consulado.', 'El IGM también expulsa.', 'Además, pague la multa.'])(
    'or only adds to it: %s',
    (text) => {
      expect(dependsOnBefore(text)).toBe(false);
      expect(cannotOpen(text)).toBe(true);
    },
  );

  it.each([
    'El permiso dura un año.',
    'Si entra por tierra, pida su sello.',
    'Está en la zona 4.',
    'La persona que también trabaja paga menos, y quien estudia tampoco espera.',
  ])('is not: %s', (text) => {
    expect(cannotOpen(text)).toBe(false);
  });
});
