import { describe, expect, it } from 'vitest';
import type { Block, Question } from '#src/answering/answer.ts';
import { createCite } from '#src/answering/cite.ts';
import { createExtractiveAnswerer } from '#src/answering/extractive-answerer.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import type { Unit } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit, type UnitDraft } from '../support/builders.ts';

const phrases = await loadPhrases(knowledgeDir);
const norms = ['codigo-migracion', 'tramite', 'directorio'].map((id) => buildNorm({ id }));
const claim = (part: string, text: string, id = part) => buildClaim(id, text, { part });
const entry = (id: string, acronym: string, contact: object, claims: readonly object[] = []) =>
  buildUnit({ id, kind: 'institution', title: acronym, acronym, contact, claims });
const igm = entry('directorio/igm', 'IGM', {
  phone: '2411-2411',
  whatsapp: '3757-0902',
  hours: '7:00 a 15:00',
});
const mp = entry('directorio/mp', 'MP', { phone: '1572' });
const pdh = entry('directorio/pdh', 'PDH', { phone: '1555; 2424-1717', whatsapp: '5555-0000' });
const mineduc = entry('directorio/mineduc', 'MINEDUC', { site: 'mineduc.gob.gt' });

async function blocksOf(
  text: string,
  units: readonly [Unit, ...Unit[]],
  more: Partial<Question> = {},
): Promise<readonly Block[]> {
  const knowledge = buildKnowledge(norms, [...units, igm, mp, pdh, mineduc]);
  const cite = createCite(knowledge, () => 'http://localhost:1');
  const answerer = createExtractiveAnswerer({ knowledge, phrases, cite });
  const question: Question = { text, language: 'es', audience: 'public', asOf: '2026-11-22', ...more };
  const answer = await answerer.answer(
    question,
    units.map((unit, place) => new Passage(unit, 0.9 - place * 0.02, [])),
  );
  return answer.kind === 'grounded' ? answer.blocks : expect.fail('declined');
}
const briefs = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => ('brief' in block && block.brief !== undefined ? [block.brief] : []));
const article = (draft: Partial<UnitDraft> = {}) =>
  buildUnit({
    id: 'codigo-migracion/9',
    asOf: '2026-11',
    claims: [claim('rule', 'Puede ir a la escuela.')],
    ...draft,
  });

describe('what a small screen is told of review and of whom to ask', () => {
  it.each([
    ['WhatsApp where it has one', [], 'Pregunte: IGM, WhatsApp 3757-0902.'],
    ['a short line, which is free, before WhatsApp', ['directorio/pdh'], 'Pregunte: PDH, teléfono 1555.'],
    ['a site where there is nothing to ring', ['directorio/mineduc'], 'Pregunte: MINEDUC, mineduc.gob.gt.'],
    ['one institution, not two', ['directorio/mp', 'directorio/pdh'], 'Pregunte: MP, teléfono 1572.'],
  ])('is %s', async (_case, see, brief) => {
    const blocks = await blocksOf('la escuela', [article({ see })]);
    expect(briefs(blocks)).toEqual(['Según fuentes públicas de 2026. Confirme.', brief]);
    expect(blocks.map(({ worth }) => worth)).toEqual([undefined, 'aside', 'aside']);
  });

  it('says that validity is not confirmed, and never puts that off', async () => {
    const blocks = await blocksOf('la escuela', [article({ validity: { status: 'por-confirmar' } })]);
    expect(blocks).toContainEqual(
      expect.objectContaining({
        kind: 'notice',
        brief: 'Según fuentes públicas de 2026; falta confirmar si sigue igual.',
        worth: 'warning',
      }),
    );
  });

  it('says of which day it is, and never puts that off', async () => {
    const blocks = await blocksOf('la escuela', [article()], { asOf: '2020-01-01', today: '2026-11-22' });
    const notice = blocks.find(({ kind, worth }) => kind === 'notice' && worth === 'warning');
    expect(notice).toMatchObject({ brief: expect.stringContaining('las fuentes de hoy') });
  });

  it('is not told again what the answer has said', async () => {
    const said = article({
      see: ['directorio/mp'],
      claims: [claim('rule', 'Para denunciar, llame al 1572, del MP.')],
    });
    expect(briefs(await blocksOf('denunciar', [said]))).toEqual([
      'Según fuentes públicas de 2026. Confirme.',
    ]);
    const other = article({
      see: ['directorio/mineduc'],
      claims: [claim('rule', 'Use becas.mineduc.gob.gt.')],
    });
    expect(briefs(await blocksOf('becas', [other]))).toContain('Pregunte: MINEDUC, mineduc.gob.gt.');
  });

  it('is the WhatsApp where the unit gives its own numbers', async () => {
    const own = [
      claim('contact', 'El teléfono es 2411-2411.', 'k1'),
      claim('contact', 'El WhatsApp es 3757-0902.', 'k2'),
    ];
    const steps = [claim('step', 'Vaya a la escuela.', 's1'), claim('step', 'Lleve el papel.', 's2')];
    const unit = buildUnit({
      id: 'tramite/x',
      kind: 'procedure',
      asOf: '2026-11',
      claims: [...steps, ...own],
    });
    expect(briefs(await blocksOf('la escuela', [unit]))).toContain('El WhatsApp es 3757-0902.');
  });
});

describe('what an answer is worth where there is room for little', () => {
  const steps = Array.from({ length: 7 }, (_, index) =>
    claim('step', `Haga la cosa ${index + 1}.`, `s${index}`),
  );
  const guide = (claims: readonly object[]) => buildUnit({ id: 'tramite/x', kind: 'procedure', claims });

  it('leads with what was asked and with what it costs', async () => {
    const unit = guide([
      ...steps.slice(0, 2),
      claim('cost', 'Cuesta Q10.'),
      claim('where', 'Se pide en el IGM.'),
    ]);
    const whole = await blocksOf('quiero el papel', [unit]);
    expect(whole).toContainEqual({
      kind: 'paragraph',
      text: 'Cuesta Q10. Se pide en el IGM.',
      worth: 'lead',
    });
    const asked = await blocksOf('¿cuánto cuesta?', [unit]);
    expect(asked[0]).toEqual({ kind: 'paragraph', text: 'Ficha de prueba: Cuesta Q10.', worth: 'lead' });
  });

  it('holds the steps back that are too many, for whoever asks for more', async () => {
    expect(await blocksOf('quiero el papel', [guide(steps)])).toContainEqual({
      kind: 'paragraph',
      text: 'Hay más pasos en la guía.',
      later: { kind: 'list', ordered: true, items: ['Haga la cosa 6.', 'Haga la cosa 7.'] },
    });
  });

  it('may be cut between the sentences of its unit, which are its text', async () => {
    const unit = article({ claims: [claim('rule', 'Uno. Dos.', 'a'), claim('rule', 'Tres.', 'b')] });
    expect((await blocksOf('escuela', [unit]))[0]).toEqual({
      kind: 'paragraph',
      text: 'Uno. Dos. Tres.',
      statements: ['Uno. Dos.', 'Tres.'],
    });
  });

  it('names whose words stand beside it, which can wait', async () => {
    const beside = buildUnit({
      id: 'codigo-migracion/10',
      claims: [claim('rule', 'La escuela pública es gratuita para la niñez.')],
    });
    const blocks = await blocksOf('niñez escuela', [article({ see: [beside.id] }), beside]);
    expect(blocks[1]).toMatchObject({ worth: 'aside', unit: beside.id });
  });

  it('gives no class out of its list beside an answer', async () => {
    const beside = buildUnit({
      id: 'codigo-migracion/10',
      claims: [claim('kind', 'Estudiante de la escuela.')],
    });
    const blocks = await blocksOf('estudiante escuela', [article({ see: [beside.id] }), beside]);
    expect(JSON.stringify(blocks)).not.toContain('Estudiante');
  });
});

describe('the first sentence', () => {
  it('is never one that leans on another', async () => {
    const unit = article({
      claims: [
        claim('rule', 'Un menor que viaja con otra persona lleva permiso de ambos padres.', 'a'),
        claim('rule', 'Sin ese permiso, la autoridad puede negar la salida del menor.', 'b'),
      ],
    });
    const [first] = await blocksOf('negar salida autoridad', [unit]);
    expect(first).toMatchObject({ text: expect.stringMatching(/^Un menor .* Sin ese permiso/) });
  });

  it('of an institution is followed by its number', async () => {
    const unit = entry('directorio/casa', 'CASA', { phone: '2222-3333' }, [
      claim('rule', 'CASA atiende a migrantes.', 'a'),
      claim('rule', 'CASA tiene tres oficinas en el país.', 'b'),
      claim('contact', 'Llame a CASA al 2222-3333.', 'c'),
      claim('contact', 'El sitio de CASA es casa.example.', 'd'),
    ]);
    const [first] = await blocksOf('casa atiende migrantes', [unit]);
    expect(first).toMatchObject({
      text: 'CASA atiende a migrantes. Llame a CASA al 2222-3333. CASA tiene tres oficinas en el país. El sitio de CASA es casa.example.',
    });
  });
});
