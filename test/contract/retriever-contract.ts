import { beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import type { Retriever } from '#src/retrieval/retriever.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const day = '2026-11-22';

const contractKnowledge = buildKnowledge(
  [
    buildNorm({ id: 'codigo-migracion', title: 'Código de Migración', number: 'Decreto 44-2016' }),
    buildNorm({ id: 'reglamento-visas', title: 'Reglamento de Visas', number: 'Acuerdo IGM-015-2025' }),
    buildNorm({ id: 'tramite', title: 'Guía de trámites', number: 'sin número' }),
  ],
  [
    buildUnit({
      id: 'codigo-migracion/6',
      title: 'Derecho al trabajo',
      claims: [buildClaim('c1', 'Toda persona extranjera tiene derecho a trabajar.')],
    }),
    buildUnit({
      id: 'codigo-migracion/46',
      title: 'No devolución',
      claims: [buildClaim('c1', 'Nadie puede ser devuelto al país donde corre peligro.')],
    }),
    buildUnit({
      id: 'codigo-migracion/46-detalle',
      article: '46',
      title: 'No devolución: excepciones',
      claims: [buildClaim('c1', 'La prohibición de ser devuelto donde corre peligro no tiene excepciones.')],
    }),
    buildUnit({
      id: 'reglamento-visas/tiempo',
      title: 'Tiempo de respuesta de la visa',
      validity: { status: 'derogado', until: '2025-10-08' },
      claims: [buildClaim('c1', 'La visa consultada se resuelve en treinta días.')],
    }),
    buildUnit({
      id: 'tramite/visas',
      title: 'Pedir una visa',
      claims: [buildClaim('c1', 'La visa consultada se resuelve en cuarenta días.')],
    }),
    buildUnit({
      id: 'tramite/rumor',
      title: 'Regalo de pasaportes dorados',
      claims: [buildClaim('c1', 'Regalan pasaportes dorados.', { confidence: 'low', sources: [] })],
    }),
    buildUnit({
      id: 'tramite/guardia',
      title: 'Turno nocturno de la ventanilla',
      audience: 'staff',
      claims: [buildClaim('c1', 'El turno nocturno de la ventanilla rota cada lunes.')],
    }),
  ],
);

/** What every implementation of {@link Retriever} promises. Run it against each of them. */
export function retrieverContract(name: string, make: (knowledge: Knowledge) => Promise<Retriever>): void {
  describe(`${name} keeps the retriever's contract`, () => {
    let retriever: Retriever;
    const find = (
      query: string,
      more: { limit?: number; audience?: 'public' | 'staff'; asOf?: string } = {},
    ) => retriever.retrieve(query, { limit: 10, audience: 'public', asOf: day, ...more });

    beforeAll(async () => {
      retriever = await make(contractKnowledge);
    });

    it('finds the unit whose words the question uses, with a score between 0 and 1', async () => {
      const [first] = await find('¿una persona extranjera puede trabajar?');
      expect(first?.unit.id).toBe('codigo-migracion/6');
      expect(first?.score).toBeGreaterThan(0);
      expect(first?.score).toBeLessThanOrEqual(1);
      expect(first?.matches.length).toBeGreaterThan(0);
    });

    it('puts the best first and returns no more than the limit', async () => {
      const passages = await find('devuelto peligro visa trabajar persona', { limit: 2 });
      expect(passages).toHaveLength(2);
      expect(passages[0]?.score).toBeGreaterThanOrEqual(passages[1]?.score ?? 1);
    });

    it('gives one passage per article when several units belong to it', async () => {
      const passages = await find('devuelto donde corre peligro');
      const places = passages.map(({ unit }) => `${unit.norm}/${unit.article}`);
      expect(places).toContain('codigo-migracion/46');
      expect(new Set(places).size).toBe(places.length);
    });

    it('keeps a staff unit from the public and shows it to staff', async () => {
      const question = 'turno nocturno de la ventanilla';
      expect((await find(question)).map(({ unit }) => unit.id)).not.toContain('tramite/guardia');
      expect((await find(question, { audience: 'staff' }))[0]?.unit.id).toBe('tramite/guardia');
    });

    it('never returns a unit with nothing confirmed to say', async () => {
      const passages = await find('regalan pasaportes dorados', { audience: 'staff' });
      expect(passages.map(({ unit }) => unit.id)).not.toContain('tramite/rumor');
    });

    it('puts what is in force on the day before what no longer is', async () => {
      const order = (passages: Awaited<ReturnType<typeof find>>) =>
        passages.map(({ unit }) => unit.id).filter((id) => /tiempo|visas$/.test(id));
      expect(order(await find('en cuántos días se resuelve la visa consultada'))).toEqual([
        'tramite/visas',
        'reglamento-visas/tiempo',
      ]);
    });

    it('returns nothing for a text without words', async () => {
      expect(await find('¿¡!?')).toEqual([]);
    });
  });
}
