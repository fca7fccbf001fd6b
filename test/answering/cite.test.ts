import { expect, it } from 'vitest';
import { citationLabel } from '#src/answering/cite.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const knowledge = buildKnowledge([buildNorm({ id: 'ley', title: 'Ley', number: 'Decreto 1-2000' })], []);

it.each([
  ['46', 'Ley, artículo 46'],
  ['75-77', 'Ley, artículos 75 a 77'],
  ['22 bis', 'Ley, artículo 22 bis'],
  ['19 transitorio', 'Ley, artículo 19 transitorio'],
  ['102 literal n', 'Ley, artículo 102 literal n'],
  ['78 (del Código de Migración)', 'Ley: Quedarse más'],
  ['como-se-tramita', 'Ley: Quedarse más'],
  ['*', 'Ley, Decreto 1-2000'],
])('the citation of "%s" reads "%s"', (article, label) => {
  expect(citationLabel(buildUnit({ id: 'ley/x', article, title: 'Quedarse más' }), knowledge)).toBe(label);
});

it.each([
  ['por confirmar', 'Ley X'],
  ['Ley X', 'Ley X'],
  ['Decreto 2-2001', 'Ley X, Decreto 2-2001'],
])('the citation of a whole norm numbered "%s" reads "%s"', (number, label) => {
  const norms = [buildNorm({ id: 'ley', title: 'Ley X', number })];
  expect(citationLabel(buildUnit({ id: 'ley/*' }), buildKnowledge(norms, []))).toBe(label);
});
