import { describe, expect, it } from 'vitest';
import type { Answer, Question } from '#src/answering/answer.ts';
import { createCite } from '#src/answering/cite.ts';
import { createExtractiveAnswerer } from '#src/answering/extractive-answerer.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import { tableList } from '#src/channels/table-list.ts';
import type { Unit } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';
import { type Match, Passage } from '#src/retrieval/passage.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const phrases = await loadPhrases(knowledgeDir);
const work = buildUnit({
  id: 'codigo-migracion/6',
  title: 'Derecho al trabajo',
  asOf: '2026-11',
  claims: [
    buildClaim('c1', 'Toda persona extranjera tiene derecho a trabajar.'),
    buildClaim('c2', 'Dato dudoso.', { confidence: 'low', sources: [] }),
  ],
});
const passport = buildUnit({
  id: 'tramite/pasaporte',
  kind: 'procedure',
  title: 'Pasaporte',
  asOf: '2026-11',
  see: ['codigo-migracion/6'],
  claims: [
    buildClaim('who', 'Es para personas adultas.', { part: 'who' }),
    buildClaim('s1', 'Pague en el banco.', { part: 'step' }),
    buildClaim('s2', 'Pida una cita.', { part: 'step' }),
    buildClaim('k1', 'El de 5 años cuesta USD 50.', { part: 'cost' }),
  ],
});
const repealed = buildUnit({
  id: 'ley-vieja/3',
  title: 'Regla vieja',
  validity: { status: 'derogado', until: '2016-10', replacedBy: ['codigo-migracion'] },
  claims: [buildClaim('c1', 'Antes se pedía una garantía.')],
});
const igm = buildUnit({
  id: 'directorio/igm',
  kind: 'institution',
  title: 'Instituto Guatemalteco de Migración',
  contact: { phone: '2411-2411' },
  claims: [buildClaim('c1', 'Atiende a personas migrantes.')],
});
const knowledge = buildKnowledge(
  [
    buildNorm({ id: 'codigo-migracion', title: 'Código de Migración', number: 'Decreto 44-2016' }),
    buildNorm({ id: 'ley-vieja', title: 'Ley de Migración' }),
    buildNorm({ id: 'tramite', title: 'Guía de trámites' }),
  ],
  [work, passport, repealed, igm],
);
const answerer = createExtractiveAnswerer({
  knowledge,
  phrases,
  cite: createCite(knowledge, () => 'http://localhost:1'),
});

const found = (unit: Unit, score: number, ...matches: Match[]) => new Passage(unit, score, matches);
const asked = (text: string, more: Partial<Question> = {}): Question => ({
  text,
  language: 'es',
  audience: 'public',
  asOf: '2026-11-22',
  ...more,
});
const textOf = (answer: Answer): string =>
  answer.kind === 'grounded'
    ? answer.blocks
        .map((block) => (block.kind === 'table' ? tableList(block) : block))
        .map((block) => (block.kind === 'list' ? block.items.join('\n') : block.text))
        .join('\n')
    : '';

describe('the extractive answerer', () => {
  it('leads with the claim and cites its article', async () => {
    const answer = await answerer.answer(asked('¿Puedo trabajar si soy extranjero?'), [
      found(work, 0.9, 'lexical'),
    ]);
    expect(answer.kind).toBe('grounded');
    expect(textOf(answer)).toMatch(/^Toda persona extranjera tiene derecho a trabajar\./);
    if (answer.kind !== 'grounded') return;
    expect(
      answer.citations
        .map((citation) => citation.shown())
        .map(({ label, url, unit }) => ({ label, url, unit })),
    ).toEqual([
      {
        label: 'Código de Migración, artículo 6',
        url: 'http://localhost:1/normas/codigo-migracion#art-6',
        unit: 'codigo-migracion/6',
      },
    ]);
  });

  it('never says a claim of low confidence', async () => {
    const answer = await answerer.answer(asked('dato dudoso'), [found(work, 0.9, 'lexical')]);
    expect(textOf(answer)).not.toContain('dudoso');
  });

  it('tells the public how far it was reviewed, and staff also the state and the sources', async () => {
    const toPublic = textOf(await answerer.answer(asked('trabajar'), [found(work, 0.9)]));
    expect(toPublic).toContain('Según fuentes públicas de 2026; confirme en ventanilla.');
    expect(toPublic).not.toContain('fuente.example');
    const toStaff = textOf(
      await answerer.answer(asked('trabajar', { audience: 'staff' }), [found(work, 0.9)]),
    );
    expect(toStaff).toContain('Fuentes: fuente.example.');
    expect(toStaff).toContain('sin validar por el área jurídica');
  });

  it('gives only the side that was asked', async () => {
    const text = textOf(await answerer.answer(asked('¿Cuánto cuesta el pasaporte?'), [found(passport, 0.9)]));
    expect(text).toContain('USD 50');
    expect(text).not.toContain('Pague en el banco');
  });

  it('says openly that a side is not confirmed, and gives what is', async () => {
    const text = textOf(await answerer.answer(asked('¿Cuánto tarda el pasaporte?'), [found(passport, 0.9)]));
    expect(text).toContain('No tengo confirmado ese dato.');
    expect(text).toContain('Pague en el banco.');
  });

  it('lists the steps when no side is asked', async () => {
    const answer = await answerer.answer(asked('quiero pasaporte'), [found(passport, 0.9)]);
    if (answer.kind !== 'grounded') expect.fail('declined');
    expect(answer.blocks).toContainEqual({
      kind: 'list',
      title: 'Pasos:',
      ordered: true,
      items: ['Pague en el banco.', 'Pida una cita.'],
    });
  });

  it('warns first when the norm is no longer in force, and says what applies today', async () => {
    const text = textOf(await answerer.answer(asked('garantía'), [found(repealed, 0.9)]));
    expect(text).toMatch(
      /^Atención: ya no está vigente desde octubre de 2016\. Hoy rige: Código de Migración \(Decreto 44-2016\)\./,
    );
  });

  it('adds a related unit that is nearly as near, and cites it', async () => {
    const question = asked('¿Puedo trabajar? quiero pasaporte');
    const answer = await answerer.answer(question, [found(passport, 0.9), found(work, 0.85)]);
    if (answer.kind !== 'grounded') expect.fail('declined');
    expect(answer.citations.map((citation) => citation.shown().unit)).toEqual([
      'tramite/pasaporte',
      'codigo-migracion/6',
    ]);
    expect(textOf(answer)).toContain('derecho a trabajar');
  });

  it('leaves a unit out that is not related, however near', async () => {
    const answer = await answerer.answer(asked('quiero trabajar'), [found(work, 0.9), found(repealed, 0.89)]);
    if (answer.kind !== 'grounded') expect.fail('declined');
    expect(answer.citations.map((citation) => citation.shown().unit)).toEqual(['codigo-migracion/6']);
  });

  it.each([
    ['nothing was found', []],
    ['nothing is near enough', [found(work, 0.2)]],
  ])('declines when %s', async (_case, passages) => {
    expect(await answerer.answer(asked('¿Quién ganó el mundial?'), passages)).toEqual({
      kind: 'declined',
      reason: 'no-evidence',
    });
  });

  it('frames the Spanish text in the language of the question', async () => {
    const text = textOf(await answerer.answer(asked('can I work?', { language: 'en' }), [found(work, 0.9)]));
    expect(text).toMatch(/^For now I can only answer in Spanish:/);
  });
});
