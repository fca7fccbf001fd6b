import { expect, test } from 'vitest';
import { FaultsError } from '#src/errors.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { CATALOGUE, knowledgeFolder, unitYaml } from './temp-knowledge.ts';

async function faultsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const error: unknown = await loadKnowledge(await knowledgeFolder(files)).catch((reason: unknown) => reason);
  if (!(error instanceof FaultsError)) throw new Error('expected the folder to be refused', { cause: error });
  expect(error.code).toBe('KNOWLEDGE_INVALID');
  return error.faults;
}

test('a unit without its own article, validity or audience gets them from its id and its norm', async () => {
  const knowledge = await loadKnowledge(
    await knowledgeFolder({
      'norms/catalogo.yaml': CATALOGUE,
      'norms/ley.yaml': `units:\n${unitYaml('ley/19 transitorio')}`,
    }),
  );
  expect(knowledge.units.get('ley/19 transitorio')).toMatchObject({
    norm: 'ley',
    article: '19 transitorio',
    audience: 'public',
    validity: { status: 'vigente', since: '2020' },
    numberConfirmed: true,
    claims: [],
    review: { state: 'fuente-publica' },
  });
});

test('a unit with its own article and validity keeps them', async () => {
  const knowledge = await loadKnowledge(
    await knowledgeFolder({
      'norms/ley.yaml': `${CATALOGUE}units:\n${unitYaml('ley/e1-b-1', ['article: e1-b', 'validity: { status: derogado, until: "2021" }'])}`,
    }),
  );
  expect(knowledge.units.get('ley/e1-b-1')).toMatchObject({
    article: 'e1-b',
    validity: { status: 'derogado', until: '2021' },
  });
});

test('a unit of a staff norm is staff even when it does not say so', async () => {
  const staffNorm = CATALOGUE.replace('    number:', '    audience: staff\n    number:');
  const knowledge = await loadKnowledge(
    await knowledgeFolder({ 'norms/ley.yaml': `${staffNorm}units:\n${unitYaml('ley/1')}` }),
  );
  expect(knowledge.units.get('ley/1')?.audience).toBe('staff');
});

test('a norm is found by its id and by its alias, and by nothing else', async () => {
  const knowledge = await loadKnowledge(await knowledgeFolder({ 'norms/catalogo.yaml': CATALOGUE }));
  expect(knowledge.norm('ley')?.title).toBe('Ley de Prueba');
  expect(knowledge.norm('decreto-1')?.id).toBe('ley');
  expect(knowledge.norm('decreto-2')).toBeUndefined();
});

test('the lines of all files come together', async () => {
  const line = (number: string) =>
    `lines:\n  - { number: "${number}", name: Línea, use: Pedir ayuda, confidence: high, sources: [ejemplo.gt] }\n`;
  const knowledge = await loadKnowledge(
    await knowledgeFolder({ 'directory/a.yaml': line('1500'), 'directory/b.yaml': line('110') }),
  );
  expect(knowledge.lines.map(({ number, emergency }) => [number, emergency])).toEqual([
    ['1500', false],
    ['110', false],
  ]);
});

test('files of phrases, the lexicon and the schema are not read as units', async () => {
  const knowledge = await loadKnowledge(
    await knowledgeFolder({
      'norms/catalogo.yaml': CATALOGUE,
      'languages/es.yaml': 'hello: Hola\n',
      'lexicon.yaml': 'words: {}\n',
      'schema/example.yaml': 'nothing: here\n',
      'norms/LEAME.md': '# Notas\n',
    }),
  );
  expect(knowledge.norms.size).toBe(1);
});

test('what was loaded cannot be changed', async () => {
  const knowledge = await loadKnowledge(
    await knowledgeFolder({
      'norms/ley.yaml': `${CATALOGUE}units:\n${unitYaml('ley/1', ['aliases: [migrar]'])}`,
    }),
  );
  const unit = knowledge.units.get('ley/1');
  expect(() => Object.assign(unit ?? {}, { title: 'Otro' })).toThrow(TypeError);
  expect(Object.isFrozen(unit?.aliases)).toBe(true);
});

test('the version follows the bytes and the names of the files', async () => {
  const versionOf = async (files: Readonly<Record<string, string>>) =>
    (await loadKnowledge(await knowledgeFolder(files))).version;
  const first = await versionOf({ 'norms/a.yaml': CATALOGUE });
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await versionOf({ 'norms/a.yaml': CATALOGUE })).toBe(first);
  expect(await versionOf({ 'norms/b.yaml': CATALOGUE })).not.toBe(first);
  expect(await versionOf({ 'norms/a.yaml': `${CATALOGUE}# nota\n` })).not.toBe(first);
});

test('a folder with faults in several files is refused with every fault, its file and its line', async () => {
  const faults = await faultsOf({
    'norms/catalogo.yaml': CATALOGUE,
    'norms/mala.yaml': 'units:\n  - id: ley/1\n    kind: article\n',
    'norms/rota.yaml': 'units:\n  - id: "ley/2\n',
  });
  expect(faults).toHaveLength(2);
  expect(faults[0]).toBe('norms/mala.yaml:2: ley/1: falta el campo «title»; escríbalo');
  expect(faults[1]).toMatch(/^norms\/rota\.yaml:\d+: el YAML no se puede leer/);
});

test('two units with one id are refused', async () => {
  expect(
    await faultsOf({
      'norms/a.yaml': `${CATALOGUE}units:\n${unitYaml('ley/1')}`,
      'norms/b.yaml': `units:\n${unitYaml('ley/1')}`,
    }),
  ).toEqual(['norms/b.yaml:2: ley/1: el id ya está en norms/a.yaml; cambie uno o junte las dos fichas']);
});

test('a unit of a norm that nobody wrote down is refused', async () => {
  expect(await faultsOf({ 'norms/a.yaml': `${CATALOGUE}units:\n${unitYaml('otra/1')}` })).toEqual([
    'norms/a.yaml:11: otra/1: no existe la norma «otra»; agréguela al catálogo (norms) o corrija el id',
  ]);
});

test('an internal unit that is not marked staff is refused', async () => {
  expect(
    await faultsOf({ 'norms/a.yaml': CATALOGUE, 'internal/a.yaml': `units:\n${unitYaml('ley/1')}` }),
  ).toEqual(['internal/a.yaml:2: ley/1: es interna pero no dice «audience: staff»; agréguelo']);
});
