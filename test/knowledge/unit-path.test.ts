import { describe, expect, it } from 'vitest';
import { unitAnchor, unitPath } from '#src/knowledge/unit-path.ts';

const place = (norm: string, article: string, numberConfirmed = true, title = 'Un título') => ({
  norm,
  article,
  numberConfirmed,
  title,
  kind: 'article' as const,
});

describe('unitPath', () => {
  it.each([
    ['codigo-migracion', '46', '/normas/codigo-migracion#art-46'],
    ['codigo-migracion', '75-77', '/normas/codigo-migracion#art-75-77'],
    ['constitucion', '19 transitorio', '/normas/constitucion#art-19-transitorio'],
    ['constitucion', '102 literal ñ', '/normas/constitucion#art-102-literal-n'],
    ['codigo-migracion', '*', '/normas/codigo-migracion'],
    ['tramite', 'pasaporte-adulto', '/tramites/pasaporte-adulto'],
    ['tramite', '*', '/tramites'],
    ['directorio', 'igm', '/directorio#igm'],
    ['directorio', '*', '/directorio'],
    ['politica-migratoria', 'e1-b', '/politica#e1-b'],
    ['politica-migratoria', '*', '/politica'],
  ])('%s %s is read at %s', (norm, article, path) => {
    expect(unitPath(place(norm, article))).toBe(path);
  });

  it('a number no source gave is nowhere in the path, the title stands for it', () => {
    const path = unitPath(place('codigo-migracion', '7', false, 'Derecho a la educación'));
    expect(path).toBe('/normas/codigo-migracion#tema-derecho-a-la-educacion');
  });

  it('an article full of unsafe characters gets an anchor safe in ids and selectors', () => {
    expect(unitAnchor(place('codigo-migracion', '78 (del "Código" <b>)'))).toMatch(/^[a-z0-9-]+$/);
  });
});
