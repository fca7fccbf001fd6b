import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { knowledgeDir } from '#src/paths.ts';
import { createReferenceFinder } from '#src/retrieval/find-references.ts';
import { createHybridRetriever } from '#src/retrieval/hybrid-retriever.ts';
import { openIndex, type RetrievalIndex } from '#src/retrieval/open-index.ts';
import { NEAR_ENOUGH, type Passage } from '#src/retrieval/passage.ts';
import { createExactIndex } from '#src/retrieval/vector-index.ts';

let dataDir: string;
let index: RetrievalIndex;
let find: (question: string) => Promise<readonly Passage[]>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'orienta-real-'));
  const knowledge = await loadKnowledge(knowledgeDir);
  index = await openIndex({ knowledge, dataDir });
  const retriever = createHybridRetriever({ index, findReferences: createReferenceFinder(knowledge) });
  find = (question) => retriever.retrieve(question, { limit: 5, audience: 'public', asOf: '2026-11-22' });
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

describe('the score over the real knowledge', () => {
  it.each([
    '¿Quién ganó el mundial de 1986?',
    'receta de tamales',
    'cuánto es 2+2',
    'quién es el presidente de Francia',
    'dame un poema',
    'precio del dólar hoy',
  ])('keeps "%s" below the threshold', async (question) => {
    expect((await find(question))[0]?.score ?? 0).toBeLessThan(NEAR_ENOUGH);
  });

  it.each([
    '¿Cuánto cuesta el pasaporte de adulto?',
    'me quitaron mi pasaporte en el trabajo, que hago',
    'soy de honduras y quiero pedir refugio, a donde voy',
    'se me vencio el permiso de 90 dias cuanto es la multa',
  ])('lifts "%s" above it', async (question) => {
    expect((await find(question))[0]?.score ?? 0).toBeGreaterThanOrEqual(NEAR_ENOUGH);
  });

  it('leads from "artículo 46 del Código de Migración" to that article and no other first', async () => {
    const [first] = await find('¿Qué dice el artículo 46 del Código de Migración?');
    expect(first?.unit.id).toBe('codigo-migracion/46');
  });

  it.each([
    ['AMN 2-2019', 'reglamento-refugio/*'],
    ['IGM-016-2025', 'reglamento-residencias/*'],
    ['acuerdo gubernativo 178-2025', 'ag-178-2025-permisos-trabajo/*'],
    ['artículo 26 de la Constitución', 'constitucion/26'],
    ['acuerdo 4-2019', 'amn-4-2019/*'],
  ])('leads from "%s" to %s', async (question, id) => {
    expect((await find(question))[0]?.unit.id).toBe(id);
  });
});

describe('the graph over the real knowledge', () => {
  it('finds at least 99 of 100 of the ten nearest vectors that comparing with all of them finds', async () => {
    const shelf = index.shelves.find(({ audience }) => audience === 'public');
    if (shelf === undefined) throw new Error('no public shelf');
    expect(shelf.neighbours.kind).toBe('hnsw');
    const exact = createExactIndex(shelf.vectors);
    let found = 0;
    let wanted = 0;
    for (let place = 0; place < shelf.vectors.count; place += 37) {
      const text = shelf.entries[place]?.text ?? '';
      const vector = await index.embeddings.embedQuery(text.split(' ').slice(0, 7).join(' '));
      const near = shelf.neighbours.nearest(vector, 10);
      const worst = exact.nearest(vector, 10).at(-1)?.similarity ?? 0;
      // Compared by nearness, not by place: equal texts have equal vectors, and either will do.
      found += near.filter(({ similarity }) => similarity >= worst - 1e-5).length;
      wanted += 10;
    }
    expect(found / wanted).toBeGreaterThanOrEqual(0.99);
  });
});
