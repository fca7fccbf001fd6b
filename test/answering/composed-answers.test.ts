import { describe, expect, it } from 'vitest';
import type { Answer, Block, Question } from '#src/answering/answer.ts';
import { createCite } from '#src/answering/cite.ts';
import { createExtractiveAnswerer } from '#src/answering/extractive-answerer.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import { tableList } from '#src/channels/table-list.ts';
import type { Unit } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';
import { type Match, Passage } from '#src/retrieval/passage.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit, type UnitDraft } from '../support/builders.ts';

const phrases = await loadPhrases(knowledgeDir);
const norms = [
  buildNorm({ id: 'codigo-migracion', title: 'Código de Migración' }),
  buildNorm({ id: 'tramite', title: 'Guía de trámites' }),
  buildNorm({ id: 'directorio', title: 'Directorio' }),
];
const guide = (draft: UnitDraft) => buildUnit({ kind: 'procedure', ...draft });
const claim = (part: string, text: string, id = part) => buildClaim(id, text, { part });
const found = (unit: Unit, score: number, ...matches: Match[]) => new Passage(unit, score, matches);

async function blocksOf(
  text: string,
  passages: readonly Passage[],
  { more = {}, directory = [] }: { more?: Partial<Question>; directory?: readonly Unit[] } = {},
): Promise<{ blocks: readonly Block[]; text: string; cited: readonly string[] }> {
  const units = [...passages.map(({ unit }) => unit), ...directory];
  const knowledge = buildKnowledge(norms, units);
  const answerer = createExtractiveAnswerer({
    knowledge,
    phrases,
    cite: createCite(knowledge, () => 'http://localhost:1'),
  });
  const question: Question = { text, language: 'es', audience: 'public', asOf: '2026-11-22', ...more };
  const answer: Answer = await answerer.answer(question, passages);
  if (answer.kind !== 'grounded') expect.fail('declined');
  const { blocks } = answer;
  return { blocks, text: textOf(blocks), cited: answer.citations.map((citation) => citation.shown().unit) };
}

function textOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => (block.kind === 'table' ? tableList(block) : block))
    .map((block) => (block.kind === 'list' ? [block.title, ...block.items].join('\n') : block.text))
    .join('\n');
}

describe('several articles asked for', () => {
  const articles = ['43', '46', '49', '50', '51'].map((article) =>
    buildUnit({ id: `codigo-migracion/${article}`, claims: [claim('rule', `Regla del ${article}.`)] }),
  );
  const exact = articles.map((unit) => found(unit, 1, 'reference'));

  it('are each said under their own name and cited', async () => {
    const { text, cited } = await blocksOf('art. 43 y 46 del Código de Migración', exact.slice(0, 2));
    expect(text).toContain('Código de Migración, artículo 43:\nRegla del 43.');
    expect(text).toContain('Código de Migración, artículo 46:\nRegla del 46.');
    expect(cited).toEqual(['codigo-migracion/43', 'codigo-migracion/46']);
  });

  it('are at most four', async () => {
    const { cited } = await blocksOf('artículos 43, 46, 49, 50 y 51', exact);
    expect(cited).toHaveLength(4);
  });

  it('leave out one found by its number in a norm nobody named', async () => {
    const [first, second] = articles;
    if (first === undefined || second === undefined) expect.fail('no articles');
    const { cited } = await blocksOf('artículo 43', [
      found(first, 1, 'reference'),
      found(second, 0.6, 'reference'),
    ]);
    expect(cited).not.toContain('codigo-migracion/46');
  });

  it('name the one that is not held', async () => {
    const { text } = await blocksOf('artículos 43 y 999 del Código de Migración', exact.slice(0, 1));
    expect(text).toContain('No tengo cargado el artículo 999 (Código de Migración).');
  });
});

describe('a side that was asked', () => {
  const appointment = guide({ id: 'tramite/citas', claims: [claim('step', 'Pida la cita del pasaporte.')] });
  const adult = guide({
    id: 'tramite/adulto',
    title: 'Pasaporte',
    claims: [claim('cost', 'El pasaporte cuesta USD 50.')],
  });

  it('is answered from the nearest unit that has it', async () => {
    const { text, cited } = await blocksOf('cuanto vale el pasaporte', [
      found(appointment, 0.9),
      found(adult, 0.89),
    ]);
    expect(text).toMatch(/^El pasaporte cuesta USD 50\./);
    expect(text).not.toContain('No tengo confirmado');
    expect(cited).toEqual(['tramite/adulto']);
  });

  it('is not taken from a unit that is far behind', async () => {
    const { text } = await blocksOf('cuanto vale el pasaporte', [found(appointment, 0.9), found(adult, 0.6)]);
    expect(text).toContain('No tengo confirmado ese dato.');
    expect(text).not.toContain('USD 50');
  });

  it('is said to be missing of articles too', async () => {
    const article = buildUnit({ id: 'codigo-migracion/6', claims: [claim('rule', 'Puede trabajar.')] });
    const { text } = await blocksOf('cuanto cuesta trabajar', [found(article, 0.9)]);
    expect(text).toContain('No tengo confirmado ese dato.');
  });

  it.each([
    [
      'an institution asked where to report',
      'dnd denuncio el racismo',
      'directorio/codisra',
      'institution',
      false,
    ],
    ['an institution asked where it is', 'donde queda la casa', 'directorio/codisra', 'institution', true],
    ['a norm as a whole', 'cuanto tiempo de carcel dan', 'codigo-migracion/*', 'norm', false],
  ])('is said to be missing only where one could expect it: %s', async (_case, asked, id, kind, said) => {
    const unit = buildUnit({ id, kind, claims: [claim('rule', 'Atiende el racismo en casa.')] });
    const { text } = await blocksOf(asked, [found(unit, 0.9)]);
    expect(text.includes('No tengo confirmado ese dato.')).toBe(said);
  });

  it('is not said to be missing where a rule states it', async () => {
    const crime = buildUnit({ id: 'codigo-migracion/7', claims: [claim('rule', 'La pena es de 6 años.')] });
    const { text } = await blocksOf('cuantos años le caen', [found(crime, 0.9)]);
    expect(text).toMatch(/^La pena es de 6 años\./);
  });

  it('is a length of time when the question is how long', async () => {
    const extension = guide({
      id: 'tramite/prorroga',
      claims: [claim('time', 'Debe pedirla antes de que se venza la estadía.')],
    });
    const stay = buildUnit({ id: 'codigo-migracion/turista', claims: [claim('time', 'Dan 90 días.')] });
    const { text } = await blocksOf('cuanto tiempo puedo estar', [found(extension, 0.9), found(stay, 0.86)]);
    expect(text).toContain('Dan 90 días.');
  });

  it('of an institution is told from its own entry', async () => {
    const mention = guide({ id: 'tramite/multa', claims: [claim('where', 'En el IGM.')] });
    const igm = buildUnit({
      id: 'directorio/igm',
      kind: 'institution',
      title: 'Instituto',
      acronym: 'IGM',
      claims: [claim('where', 'Está en la zona 4.')],
    });
    const { text, cited } = await blocksOf('donde queda el igm', [found(mention, 0.7), found(igm, 0.66)]);
    expect(cited).toEqual(['directorio/igm']);
    expect(text).toMatch(/^Instituto: Está en la zona 4\./);
  });

  it('is told with the name of the unit where only the sort of norm is repeated', async () => {
    const permit = buildUnit({
      id: 'codigo-migracion/9',
      title: 'Reglamento de permisos',
      claims: [claim('cost', 'Cuesta Q3,000, según el reglamento.')],
    });
    const { text } = await blocksOf('cuanto cuesta', [found(permit, 0.9)]);
    expect(text).toMatch(/^Reglamento de permisos: Cuesta Q3,000/);
  });

  it('of a single requirement still says that it is one', async () => {
    const birth = guide({
      id: 'tramite/nacido',
      claims: [claim('requirement', 'Constancia de nacimiento.')],
    });
    const { text } = await blocksOf('que papeles necesito', [found(birth, 0.9)]);
    expect(text).toMatch(/^Necesita: Constancia de nacimiento\./);
  });
});

describe('a procedure as a whole', () => {
  const steps = (count: number) =>
    Array.from({ length: count }, (_, index) => claim('step', `Paso ${index + 1}.`, `s${index}`));
  const others = [
    claim('who', 'Esta guía es para personas adultas.'),
    claim('warning', 'No pague a tramitadores.'),
    claim('requirement', 'Lleve su pasaporte.'),
    claim('cost', 'Es gratis.'),
  ];

  it('leads with the steps and ends with for whom it is, when that restricts', async () => {
    const unit = guide({ id: 'tramite/a', appliesTo: { age: ['adult'] }, claims: [...others, ...steps(2)] });
    const { text } = await blocksOf('quiero hacerlo', [found(unit, 0.9)]);
    expect(text).toMatch(/^Pasos:\nPaso 1\./);
    expect(text.indexOf('Esta guía es')).toBeGreaterThan(text.indexOf('Es gratis.'));
    expect(text).toContain('No pague a tramitadores.');
    expect(text).toContain('Necesita: Lleve su pasaporte.');
  });

  it('leaves out for whom it is when that restricts nobody', async () => {
    const unit = guide({ id: 'tramite/a', claims: [...others, ...steps(2)] });
    expect((await blocksOf('quiero hacerlo', [found(unit, 0.9)])).text).not.toContain('Esta guía es');
  });

  it('shows five steps and says that there are more', async () => {
    const unit = guide({ id: 'tramite/a', claims: [...others, ...steps(7)] });
    const { text } = await blocksOf('quiero hacerlo', [found(unit, 0.9)]);
    expect(text).toContain('Paso 5.');
    expect(text).not.toContain('Paso 6.');
    expect(text).toContain('Hay más pasos en la guía.');
    expect(text).not.toContain('Lleve su pasaporte.');
  });
});

describe('a unit beside the main one', () => {
  const main = buildUnit({
    id: 'codigo-migracion/6',
    title: 'Derecho al trabajo',
    see: ['tramite/permiso'],
    claims: [claim('right', 'Toda persona extranjera tiene derecho a trabajar en Guatemala.')],
  });
  const beside = async (...claims: Record<string, unknown>[]) =>
    (
      await blocksOf('puedo trabajar si soy extranjera', [
        found(main, 0.9),
        found(guide({ id: 'tramite/permiso', claims }), 0.89),
      ])
    ).cited;

  it('adds a sentence that speaks to the question', async () => {
    expect(await beside(claim('warning', 'La persona extranjera necesita permiso.'))).toHaveLength(2);
  });

  it.each([
    ['for whom a guide is', claim('who', 'Es para la persona extranjera con patrono.')],
    ['one step out of its list', claim('step', 'Escoja persona extranjera en el formulario.')],
    ['what is said already', claim('rule', 'Toda persona extranjera tiene derecho a trabajar.')],
    ['what shares only the main title', claim('rule', 'El horario de trabajo lo fija la ley.')],
  ])('adds nothing by %s', async (_case, only) => {
    expect(await beside(only)).toEqual(['codigo-migracion/6']);
  });
});

describe('where to go on', () => {
  const school = (see: string[]) =>
    buildUnit({ id: 'codigo-migracion/2', see, claims: [claim('rule', 'Puede ir a la escuela.')] });
  const entry = (id: string, acronym: string, contact: Record<string, string>) =>
    buildUnit({
      id,
      kind: 'institution',
      title: `Casa ${acronym}`,
      acronym,
      contact,
      claims: [claim('rule', 'Es.')],
    });
  const igm = entry('directorio/igm', 'IGM', {
    phone: '2411-2411',
    whatsapp: '3757-0902',
    address: 'zona 4',
    hours: '7:00 a 15:00',
  });
  const mineduc = entry('directorio/mineduc', 'MINEDUC', { site: 'mineduc.gob.gt' });

  it.each([
    ['the institution the unit names', ['directorio/mineduc'], []],
    ['an institution found beside it', [], [found(mineduc, 0.7)]],
  ])('is %s', async (_case, see, rest) => {
    const passages = [found(school(see), 0.9), ...rest];
    const { text } = await blocksOf('la escuela', passages, { directory: [igm, mineduc] });
    expect(text).toContain('Para seguir o confirmar: MINEDUC: mineduc.gob.gt.');
    expect(text).not.toContain('2411-2411');
  });

  it('is else IGM, in short', async () => {
    const { text } = await blocksOf('la escuela', [found(school([]), 0.9)], { directory: [igm] });
    expect(text).toContain('IGM: teléfono 2411-2411, WhatsApp 3757-0902, 7:00 a 15:00.');
    expect(text).not.toContain('zona 4');
  });

  it('is told without Spanish in another language', async () => {
    const { text } = await blocksOf('the school', [found(school([]), 0.9)], {
      directory: [igm],
      more: { language: 'en' },
    });
    expect(text).toContain('To go on or to confirm: IGM: tel. 2411-2411, WhatsApp 3757-0902.');
  });
});

describe('what surrounds an answer', () => {
  const unit = (conflict: string) =>
    buildUnit({ id: 'codigo-migracion/9', claims: [buildClaim('c', conflict, { conflict: true })] });

  it('is marked with its language where the reply has two', async () => {
    const { blocks } = await blocksOf('can I', [found(unit('Sí.'), 0.9)], { more: { language: 'en' } });
    expect(blocks.map(({ lang }) => lang)).toEqual(['en', 'es', 'en', 'en']);
    const spanish = await blocksOf('puedo', [found(unit('Sí.'), 0.9)]);
    expect(spanish.blocks.every(({ lang }) => lang === undefined)).toBe(true);
  });

  it('says that sources disagree where the sentence does not', async () => {
    const silent = await blocksOf('cobro', [found(unit('Se cobra Q15.'), 0.9)]);
    expect(silent.text).toContain('Se cobra Q15. Las fuentes no coinciden: confirme.');
    const open = await blocksOf('cobro', [found(unit('Dos fuentes dan días distintos.'), 0.9)]);
    expect(open.text).not.toContain('no coinciden');
  });

  it('says that the text is of today when the question is about another day', async () => {
    const past = { asOf: '2020-01-01', today: '2026-11-22' };
    const sentence = 'El texto y los precios son los de las fuentes de hoy, no los de ese día.';
    expect((await blocksOf('cobro', [found(unit('Sí.'), 0.9)], { more: past })).text).toContain(sentence);
    expect((await blocksOf('cobro', [found(unit('Sí.'), 0.9)])).text).not.toContain(sentence);
  });
});
