import { expect, test } from 'vitest';
import { checkKnowledge } from '#src/knowledge/check-knowledge.ts';
import { CATALOGUE, knowledgeFolder, unitYaml } from './temp-knowledge.ts';

/** What the check says about a text in `ley/2` while the numbers 84 and 176-187 of the same norm are unconfirmed. */
async function shownIn(text: string): Promise<readonly string[]> {
  const units = [
    unitYaml('ley/84', ['numberConfirmed: false']),
    unitYaml('ley/176-187', ['numberConfirmed: false']),
    unitYaml('ley/2', ['plain:', `  - ${JSON.stringify(text)}`]),
  ];
  const dir = await knowledgeFolder({ 'norms/ley.yaml': `${CATALOGUE}units:\n${units.join('')}` });
  return (await checkKnowledge(dir)).defects.map(({ message }) => message);
}

test.each([
  'Lo dice el artículo 84.',
  'Vea el Artículo 84 de la ley.',
  'Vea los artículos 75 a 77 y 84.',
  'Vea el art. 84.',
  'Permanencia por razón humanitaria (84).',
  'Vea los artículos 176 a 187.',
  'Vea los artículos 176-187.',
])('«%s» shows an unconfirmed number', async (text) => {
  expect(await shownIn(text)).toHaveLength(1);
});

test.each([
  'Cuesta Q84 y se paga en 84 días.',
  'El artículo 102 da 84 días.',
  'Vea el artículo 184.',
  'Vea el artículo 84-bis2.',
  'Vea el artículo 176.',
  'La calle 84, zona 1.',
])('«%s» shows none', async (text) => {
  expect(await shownIn(text)).toEqual([]);
});
