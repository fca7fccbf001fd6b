import { describe, expect, it } from 'vitest';
import { countFeatures } from '#src/retrieval/features.ts';
import { terms, words } from '#src/retrieval/terms.ts';

describe('terms', () => {
  it.each([
    ['migración', 'migraciones'],
    ['migracion', 'migración'],
    ['SOLICITUD', 'solicitudes'],
    ['niños', 'ninos'],
    ['extranjeras', 'extranjero'],
    ['trabajar', 'trabajando'],
  ])('of "%s" and "%s" are the same', (one, other) => {
    expect(terms(one)).toEqual(terms(other));
  });

  it('keep apart what means another thing', () => {
    expect(terms('casado')).not.toEqual(terms('cansado'));
  });

  it('leave out words that carry no topic, lone letters and digits, and keep the State', () => {
    expect(terms('¿Qué me dice el Estado de un 2?')).toEqual([...terms('dice'), ...terms('Estado')]);
  });

  it('are none for a text of signs', () => {
    expect(terms('¿¡…!? 👍')).toEqual([]);
  });
});

describe('words', () => {
  it('are folded and in order, numbers kept', () => {
    expect(words('Artículo 46, ¡señor Núñez!')).toEqual(['articulo', '46', 'senor', 'nunez']);
  });
});

describe('features', () => {
  it('of a misspelt word share runs with the right one, not the stem', () => {
    const right = countFeatures('pasaporte');
    const wrong = countFeatures('pazaporte');
    expect([...wrong.stems.keys()].some((stem) => right.stems.has(stem))).toBe(false);
    expect([...wrong.runs.keys()].filter((run) => right.runs.has(run)).length).toBeGreaterThan(8);
  });
});
