import { describe, expect, it } from 'vitest';
import { type Days, validityWordsOn } from '#src/answering/validity-on.ts';
import type { Validity } from '#src/knowledge/unit.ts';

const today = '2026-11-22';
const ended: Validity = { status: 'derogado', since: '2022-12-12', until: '2025-10-08' };
const inForce: Validity = { status: 'vigente', since: '2025-10-08' };

describe('validityWordsOn', () => {
  it.each<[string, Validity, Days, string | undefined, string]>([
    [
      'today, ended',
      ended,
      { asOf: today, today },
      undefined,
      'ya no está vigente desde el 8 de octubre de 2025',
    ],
    [
      'a day between its first and its last',
      ended,
      { asOf: '2024-01-01', today },
      undefined,
      'ese día estaba vigente; dejó de estarlo el 8 de octubre de 2025',
    ],
    [
      'its last day is the first without it',
      ended,
      { asOf: '2025-10-08', today },
      undefined,
      'ya no está vigente desde el 8 de octubre de 2025',
    ],
    [
      'a day before its first',
      inForce,
      { asOf: '2024-01-01', today },
      undefined,
      'ese día todavía no existía; está vigente desde el 8 de octubre de 2025',
    ],
    [
      'a day before it was issued',
      { status: 'vigente' },
      { asOf: '2010-01-01', today },
      '2016-10-18',
      'ese día todavía no existía',
    ],
    [
      'a day of which no date tells',
      { status: 'vigente' },
      { asOf: '2020-01-01', today },
      '2016',
      'vigente hoy',
    ],
    [
      'a past day, ended nobody knows when',
      { status: 'derogado' },
      { asOf: '2010-01-01', today },
      undefined,
      'hoy ya no está vigente',
    ],
    [
      'an end without a first day',
      { status: 'derogado', until: '2025-10' },
      { asOf: '2024-01-01', today },
      undefined,
      'dejó de estar vigente en octubre de 2025',
    ],
    [
      'today, without another day said',
      inForce,
      { asOf: today },
      undefined,
      'vigente desde el 8 de octubre de 2025',
    ],
  ])('%s', (_case, validity, days, issued, words) => {
    expect(validityWordsOn(validity, days, issued)).toBe(words);
  });
});
