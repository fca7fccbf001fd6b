import { describe, expect, it } from 'vitest';
import type { Block, TableBlock } from '#src/answering/answer.ts';
import type { Turn } from '#src/conversation/turn.ts';
import { wordsOf } from '../talk-harness.ts';
import { knowledge, openTalk } from './desk.ts';

const say = (text: string) => openTalk().say(text);
const cited = (turn: Turn) => turn.reply?.citations.map(({ unit }) => unit) ?? [];
const tableOf = (turn: Turn): TableBlock => {
  const table = turn.reply?.blocks.find((block): block is TableBlock => block.kind === 'table');
  return table ?? expect.fail('no table');
};
const ordered = (turn: Turn): readonly string[] => {
  const isOffer = (block: Block) => block.kind === 'list' && block.ordered;
  const offer = turn.reply?.blocks.find(isOffer);
  return offer?.kind === 'list' ? offer.items : [];
};

describe('norma', () => {
  it('gives the words first, then how they are cited, then whether they hold and who says so', async () => {
    const turn = await say('norma 46');
    expect(turn.reply?.kind).toBe('answer');
    const [words, form, state] = turn.reply?.blocks ?? [];
    expect(words).toMatchObject({
      kind: 'list',
      title: expect.stringContaining('Código de Migración (Decreto 44-2016), artículo 46'),
    });
    expect(form).toMatchObject({
      text: expect.stringMatching(/^Cómo se cita: artículo 46 del Código de Migración, Decreto 44-2016/),
    });
    expect(state).toMatchObject({
      kind: 'notice',
      text: expect.stringMatching(/^Estado: vigente; fuente pública.*Fuentes: /),
    });
    expect(cited(turn)).toEqual(['codigo-migracion/46']);
    expect(turn.retrieved.map(({ unit }) => unit.id)).toEqual(['codigo-migracion/46']);
  });

  it('names the other norms that hold the number, to be picked by theirs', async () => {
    const talk = openTalk();
    expect(ordered(await talk.say('norma 46'))).toEqual([
      expect.stringMatching(/^Constitución, artículo 46: /),
    ]);
    expect(cited(await talk.say('1'))).toEqual(['constitucion/46']);
  });

  it.each([
    ['norma 46 de la Constitución', ['constitucion/46']],
    ['norma constitucion 46', ['constitucion/46']],
    ['norma art. 6 cod. migracion', ['codigo-migracion/6']],
    ['norma 43 y 46 del código de migración', ['codigo-migracion/43', 'codigo-migracion/46']],
    ['norma Código de Migración', ['codigo-migracion/*']],
    ['norma codigo de migrasion', ['codigo-migracion/*']],
    ['norma Decreto 44 2016', ['codigo-migracion/*']],
    ['norma dto 44-2016', ['codigo-migracion/*']],
    ['norma IGM 16 2025', ['reglamento-residencias/*']],
    ['norma reglamento de visas', ['reglamento-visas/*']],
    ['norma reglamento de visas de 2019', ['amn-3-2019-visas/*']],
    ['norma residencias', ['reglamento-residencias/*']],
    ['norma 1441', ['codigo-trabajo/*']],
  ])('"%s" is about %s', async (text, units) => {
    expect(cited(await say(text))).toEqual(units);
  });

  it('says that an article is not held, which near ones are, and where else the number is', async () => {
    const turn = await say('norma 46 del reglamento de visas');
    expect(turn.reply?.kind).toBe('declined');
    expect(wordsOf(turn.reply)).toMatch(/^No tengo cargado el artículo 46 del Reglamento de Visas/);
    expect(wordsOf(turn.reply)).toContain('más cercanos: 1, 2.');
    expect(ordered(turn)).toHaveLength(2);
    expect(cited(turn)).toEqual([]);
  });

  it('says which of several articles is not held', async () => {
    const turn = await say('norma 43 y 47 del código de migración');
    expect(cited(turn)).toEqual(['codigo-migracion/43']);
    expect(wordsOf(turn.reply)).toContain('No tengo cargado el artículo 47.');
  });

  it('takes no article of another norm for one of a norm that is not held', async () => {
    const turn = await say('norma 46 del código penal');
    expect(turn.reply?.kind).toBe('declined');
    expect(cited(turn)).toEqual([]);
  });

  it('goes on to the next article of the same norm', async () => {
    const talk = openTalk();
    await talk.say('norma 46 del código de migración');
    expect(cited(await talk.say('¿y el 43?'))).toEqual(['codigo-migracion/43']);
    expect(wordsOf((await talk.say('y el 47')).reply)).toMatch(
      /^No tengo cargado el artículo 47 del Código de Migración/,
    );
  });

  it('never shows a number that no source confirms', async () => {
    const unconfirmed = [...knowledge.units.values()].filter(
      ({ numberConfirmed, norm }) => !numberConfirmed && norm === 'codigo-migracion',
    );
    expect(unconfirmed.length).toBeGreaterThan(0);
    for (const { id, article } of unconfirmed) {
      expect(cited(await say(`norma ${article} del código de migración`)), id).not.toContain(id);
    }
  });
});

describe('vigencia', () => {
  it.each([
    'vigencia Decreto 95-98',
    'vigencia decreto 95 98',
    'vijencia del dto. 95/98',
    'vigencia 95-98',
    'vigencia ley de migracion anterior',
  ])('"%s" tells that it ended, what replaced it and what remains', async (text) => {
    const turn = await say(text);
    const words = wordsOf(turn.reply);
    expect(words).toMatch(
      /^Decreto 95-98, Ley de Migración \(anterior\): ya no está vigente\. Todavía puede aplicarse: /,
    );
    expect(words).toContain('Hoy rige: Código de Migración (Decreto 44-2016).');
    expect(words).toMatch(/Fuentes: .*lexology\.com/);
    expect(cited(turn)[0]).toBe('ley-migracion-95-98/*');
    expect(cited(turn)).toContain('codigo-migracion/*');
  });

  it('takes no other number for it', async () => {
    const turn = await say('vigencia Decreto 95-99');
    expect(turn.reply?.kind).toBe('declined');
    expect(ordered(turn)[0]).toContain('Decreto 95-98');
    expect(cited(turn)).toEqual([]);
  });

  it('tells since when and until when', async () => {
    expect(wordsOf((await say('vigencia reglamento de residencias')).reply)).toMatch(
      /vigente desde el 8 de octubre de 2025/,
    );
    expect(wordsOf((await say('vigencia Acuerdo AMN 4-2019')).reply)).toMatch(
      /ya no está vigente desde el 12 de diciembre de 2022/,
    );
  });

  it('speaks of the day that was asked about', async () => {
    const turn = await openTalk().say('vigencia Acuerdo AMN 4-2019', { asOf: '2021-05-01' });
    expect(wordsOf(turn.reply)).toContain('ese día estaba vigente');
  });

  it('leaves how long a passport lasts to the answerer', async () => {
    const turn = await say('vigencia del pasaporte');
    expect(turn.context?.order).toBeUndefined();
  });
});

describe('responsable', () => {
  it('names who answers, who is linked, and the record it rests on', async () => {
    const turn = await say('responsable albergar niñez');
    const words = wordsOf(turn.reply);
    expect(words).toMatch(/^Responsable: Secretaría de Bienestar Social de la Presidencia \(SBS\)\./);
    expect(words).toContain('Procuraduría General de la Nación (PGN)');
    expect(words).toContain('La matriz oficial de responsables no está cargada.');
    expect(cited(turn)).toEqual(['politica-migratoria/e1-a-1', 'directorio/sbs']);
  });

  it('says so where no source names anybody', async () => {
    expect(wordsOf((await say('responsable e4-b-1')).reply)).toMatch(/^Responsable: sin dato\./);
  });

  it('shows the actions of a line that it describes', async () => {
    const turn = await say('responsable deportados');
    expect(tableOf(turn).columns).toEqual(['Línea', 'Acción', 'Responsable', 'Vinculadas']);
    expect(tableOf(turn).rows).toContainEqual([
      'Recepción de personas retornadas',
      'Alimentos al llegar',
      'MIDES',
      'IGM',
    ]);
  });

  it('finds every action by its own title', async () => {
    for (const { kind, id, title } of knowledge.units.values()) {
      if (kind !== 'action') continue;
      const turn = await say(`responsable ${title}`);
      const table = turn.reply?.blocks.find((block) => block.kind === 'table');
      const isNamed = cited(turn)[0] === id || table?.rows.some((row) => row[1] === title);
      expect(isNamed, title).toBe(true);
    }
  });

  it('offers the lines of the policy for what is none of its matters', async () => {
    const talk = openTalk();
    const turn = await talk.say('responsable futbol');
    expect(turn.reply?.kind).toBe('declined');
    expect(ordered(turn)[0]).toBe('Niñez y adolescencia migrante');
    expect(cited(await talk.say('1'))).toEqual(['politica-migratoria/e1-a']);
  });
});

describe('acciones', () => {
  it.each([
    'acciones MINEX',
    'acciones minex',
    'acciones del Ministerio de Relaciones Exteriores',
    'acciones cancillería',
    'acciones relaciones exteriores',
  ])('"%s" are those of its institution, line by line', async (text) => {
    const turn = await say(text);
    const table = tableOf(turn);
    expect(wordsOf(turn.reply)).toMatch(
      /^Ministerio de Relaciones Exteriores \(MINEX\): responde por 2 acciones/,
    );
    expect(table.columns).toEqual(['Línea', 'Acción', 'Papel', 'Responsable', 'Vinculadas']);
    expect(table.rows).toContainEqual([
      'Documentos',
      'Ampliar la red consular',
      'Responsable',
      'MINEX',
      'IGM',
    ]);
    expect(cited(turn)).toContain('directorio/minex');
  });

  it('holds every action in which an institution is named, and no other', async () => {
    const named = [...knowledge.units.values()].filter(
      ({ kind, responsible, linked }) =>
        kind === 'action' && [responsible, ...linked].some((one) => /\bPGN\b/.test(one ?? '')),
    );
    const table = tableOf(await say('acciones PGN'));
    expect(table.rows.map((row) => row[1])).toEqual(named.map(({ title }) => title));
    expect(new Set(table.rows.map((row) => row[0])).size).toBeLessThan(table.rows.length);
  });

  it('cites the line of each row', async () => {
    const turn = await say('acciones IGM');
    expect(tableOf(turn).rowUnits?.every((unit) => cited(turn).includes(unit))).toBe(true);
  });

  it('does not take the director of IGM for IGM', async () => {
    const row = tableOf(await say('acciones IGM')).rows.find(
      ([, action]) => action === 'Coordinar planes de atención en todo el viaje',
    );
    expect(row).toBeUndefined();
  });

  it('tells under which name it is linked where that is another one', async () => {
    const [row] = tableOf(await say('acciones Ejército')).rows;
    expect(row?.[2]).toBe('Vinculada (como «Ejército»)');
  });

  it('says that an institution is named in none', async () => {
    const turn = await say('acciones SAT');
    expect(wordsOf(turn.reply)).toMatch(/ninguna de las \d+ acciones cargadas/);
    expect(cited(turn)).toEqual(['directorio/sat']);
  });

  it('suggests what is called nearly so', async () => {
    const turn = await say('acciones MINEKS');
    expect(turn.reply?.kind).toBe('declined');
    expect(ordered(turn)[0]).toContain('MINEX');
  });

  it('asks which one, where a name is of several', async () => {
    const turn = await say('acciones casa del migrante');
    expect(turn.reply?.kind).toBe('clarify');
    expect(ordered(turn).length).toBeGreaterThan(1);
  });

  it('is asked once more for another institution', async () => {
    const talk = openTalk();
    await talk.say('acciones MINEX');
    expect(wordsOf((await talk.say('¿y la PGN?')).reply)).toMatch(/^Procuraduría General de la Nación/);
  });
});

describe('orders', () => {
  it('are staff’s alone', async () => {
    const turn = await openTalk().say('acciones MINEX', { audience: 'public' });
    expect(turn.context?.order).toBeUndefined();
  });

  it('say what is missing where nothing follows the word', async () => {
    for (const word of ['norma', 'vigencia', 'responsable', 'acciones']) {
      const { reply } = await say(word);
      expect(reply?.kind, word).toBe('declined');
      expect(wordsOf(reply), word).toContain(`Por ejemplo: ${word} `);
    }
  });

  it('are short: a story that begins like one is a question', async () => {
    const turn = await say(`norma 46 ${'y entonces me dijo que no '.repeat(10)}`);
    expect(turn.context?.order).toBeUndefined();
  });

  it('leave a matter that the next question may lean on', async () => {
    const talk = openTalk();
    await talk.say('norma 46');
    expect(talk.context).toMatchObject({
      topic: expect.stringContaining('artículo 46'),
      language: 'es',
      order: 'norma',
    });
    await talk.say('¿qué es una prórroga para turistas?');
    expect(talk.context?.order).toBeUndefined();
  });
});

describe('ayuda', () => {
  it('shows staff every order with an example', async () => {
    const { reply } = await say('ayuda');
    expect(reply?.kind).toBe('command');
    for (const word of [
      'norma 46',
      'vigencia Decreto 95-98',
      'responsable ',
      'acciones MINEX',
      'excel',
      'copiar para whatsapp',
    ])
      expect(wordsOf(reply)).toContain(word);
  });

  it('shows the public on Teams questions, and no order', async () => {
    const { reply } = await openTalk().say('ayuda', { audience: 'public' });
    expect(reply?.kind).toBe('command');
    expect(wordsOf(reply)).toContain('¿Cuánto cuesta el pasaporte de adulto?');
    expect(wordsOf(reply)).not.toContain('acciones');
  });

  it('is a cry for help elsewhere', async () => {
    const { reply } = await openTalk().say('ayuda', { audience: 'public', channel: 'whatsapp' });
    expect(reply?.kind).not.toBe('command');
  });
});
