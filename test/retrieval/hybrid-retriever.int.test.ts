import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { createReferenceFinder } from '#src/retrieval/find-references.ts';
import { createHybridRetriever } from '#src/retrieval/hybrid-retriever.ts';
import { openIndex } from '#src/retrieval/open-index.ts';
import { NEAR_ENOUGH } from '#src/retrieval/passage.ts';
import type { Retriever } from '#src/retrieval/retriever.ts';
import { retrieverContract } from '../contract/retriever-contract.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function openRetriever(knowledge: Knowledge): Promise<Retriever> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orienta-retriever-'));
  folders.push(dataDir);
  return createHybridRetriever({
    index: await openIndex({ knowledge, dataDir }),
    findReferences: createReferenceFinder(knowledge),
  });
}

retrieverContract('the hybrid retriever', openRetriever);

const topics = ['pasaporte', 'residencia', 'refugio', 'frontera', 'multa', 'visa', 'trabajo', 'escuela'];
const open = topics.map((topic) =>
  buildUnit({
    id: `codigo-migracion/${topics.indexOf(topic) + 40}`,
    title: `Sobre ${topic}`,
    claims: [buildClaim('c1', `Lo que la ley dice sobre ${topic} para personas que llegan al país.`)],
    questions: { es: [`¿qué hago con ${topic}?`] },
  }),
);
const internal = topics.map((topic) =>
  buildUnit({
    id: `interno/${topic}`,
    title: `Instrucción interna: ${topic}`,
    audience: 'staff',
    claims: [buildClaim('c1', `Instrucción interna de ventanilla sobre ${topic} y expedientes.`)],
    questions: { es: [`instrucción interna de ${topic}`] },
  }),
);
const norms = [
  buildNorm({ id: 'codigo-migracion', title: 'Código de Migración', number: 'Decreto 44-2016' }),
  buildNorm({ id: 'interno', title: 'Instrucciones internas', number: 'Circular 7-2024', audience: 'staff' }),
];
const asOf = '2026-11-22';

describe('staff units', () => {
  let withStaff: Retriever;
  let withoutStaff: Retriever;
  beforeAll(async () => {
    withStaff = await openRetriever(buildKnowledge(norms, [...open, ...internal]));
    withoutStaff = await openRetriever(buildKnowledge(norms, open));
  });
  const words = fc.constantFrom(
    ...topics,
    'instrucción',
    'interna',
    'ventanilla',
    'expedientes',
    'artículo 40',
    'qué',
    'Circular 7-2024',
  );
  const query = fc.oneof(
    fc.array(words, { minLength: 1, maxLength: 8 }).map((each) => each.join(' ')),
    fc.string(),
  );

  it('neither reach the public nor move a public result, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (question) => {
        const seen = await withStaff.retrieve(question, { limit: 20, audience: 'public', asOf });
        const alone = await withoutStaff.retrieve(question, { limit: 20, audience: 'public', asOf });
        expect(seen.every(({ unit }) => unit.audience === 'public')).toBe(true);
        expect(seen.map(({ unit, score }) => [unit.id, score])).toEqual(
          alone.map(({ unit, score }) => [unit.id, score]),
        );
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('reach staff', async () => {
    const passages = await withStaff.retrieve('instrucción interna de multa', {
      limit: 3,
      audience: 'staff',
      asOf,
    });
    expect(passages[0]?.unit.id).toBe('interno/multa');
  });
});

describe('references', () => {
  let retriever: Retriever;
  const ids = async (question: string) =>
    (await retriever.retrieve(question, { limit: 5, audience: 'public', asOf })).map(({ unit }) => unit.id);
  beforeAll(async () => {
    const whole = buildUnit({
      id: 'codigo-migracion/*',
      kind: 'norm',
      title: 'Código de Migración',
      claims: [buildClaim('c1', 'Es la ley base de la migración en Guatemala.')],
    });
    const deduced = buildUnit({
      id: 'codigo-migracion/77',
      title: 'Regla sin número confirmado',
      numberConfirmed: false,
      claims: [buildClaim('c1', 'Una regla cuyo número dedujo alguien.')],
    });
    retriever = await openRetriever(buildKnowledge(norms, [...open, whole, deduced]));
  });

  it('put the article first, before what its words resemble', async () => {
    const passages = await retriever.retrieve('¿qué dice el artículo 42 sobre pasaporte y visa?', {
      limit: 5,
      audience: 'public',
      asOf,
    });
    expect(passages[0]).toMatchObject({
      unit: { id: 'codigo-migracion/42' },
      score: 1,
      matches: ['reference'],
    });
  });

  it('lead from a number to the norm as a whole', async () => {
    expect((await ids('Decreto 44-2016'))[0]).toBe('codigo-migracion/*');
  });

  it('do not let another article answer for one we do not hold', async () => {
    const passages = await retriever.retrieve('artículo 500 del Código de Migración, pasaporte', {
      limit: 5,
      audience: 'public',
      asOf,
    });
    expect(passages.length).toBeGreaterThan(0);
    expect(passages.every(({ score }) => score < NEAR_ENOUGH)).toBe(true);
  });

  it('do not find a unit by a number that nobody confirmed', async () => {
    const passages = await retriever.retrieve('artículo 77', { limit: 5, audience: 'public', asOf });
    expect(passages.every(({ matches }) => !matches.includes('reference'))).toBe(true);
  });
});
