import { describe, expect, it } from 'vitest';
import { nearNames, slipOf } from '#src/conversation/staff/near-names.ts';

const among = [
  { value: 'conamigua', names: ['CONAMIGUA', 'Consejo del Migrante'] },
  { value: 'conare', names: ['CONARE'] },
  { value: 'ley', names: ['Decreto 95-98'] },
  { value: 'mp', names: ['MP'] },
];

describe('a slip of the pen', () => {
  it.each([
    ['CONAMIGA', 'conamigua'],
    ['cnoamigua', 'conamigua'],
    ['consejo de migrante', 'conamigua'],
  ])('"%s" means %s', (said, meant) => {
    expect(slipOf(said, among)).toBe(meant);
  });

  it('is never another number', () => {
    expect(slipOf('Decreto 95-99', among)).toBeUndefined();
    expect(nearNames('Decreto 95-99', among, 1)).toEqual(['ley']);
  });

  it('is not made of short names, nor of far ones', () => {
    expect(slipOf('MT', among)).toBeUndefined();
    expect(slipOf('gobernación', among)).toBeUndefined();
  });

  it('means nothing where two names are as near', () => {
    const twins = [
      { value: 1, names: ['norte'] },
      { value: 2, names: ['corte'] },
    ];
    expect(slipOf('forte', twins)).toBeUndefined();
  });
});

describe('near names', () => {
  it('come best first and end where nothing is alike', () => {
    expect(nearNames('conami', among, 3)).toEqual(['conamigua', 'conare']);
    expect(nearNames('zzzzzzzz', among, 3)).toEqual([]);
  });
});
