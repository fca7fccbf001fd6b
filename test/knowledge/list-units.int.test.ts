import { expect, test } from 'vitest';
import { listUnits } from '#src/knowledge/list-units.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { CATALOGUE, knowledgeFolder, unitYaml } from './temp-knowledge.ts';

async function twoUnits() {
  const validated = ['review: { state: validado, by: asesoría jurídica, on: "2026-11-20" }'];
  return loadKnowledge(
    await knowledgeFolder({
      'norms/ley.yaml': `${CATALOGUE}units:\n${unitYaml('ley/10', validated)}${unitYaml('ley/2', ['validity: { status: derogado }'])}`,
    }),
  );
}

test('all units are listed by id, numbers as numbers', async () => {
  expect(listUnits(await twoUnits())).toEqual([
    { id: 'ley/2', title: 'Derecho a migrar', review: 'fuente-publica', validity: 'derogado' },
    { id: 'ley/10', title: 'Derecho a migrar', review: 'validado', validity: 'vigente' },
  ]);
});

test('only units that nobody validated are listed when asked so', async () => {
  expect(listUnits(await twoUnits(), { unvalidated: true }).map(({ id }) => id)).toEqual(['ley/2']);
});
