import { describe, expect, it } from 'vitest';
import { createReferenceFinder } from '#src/retrieval/find-references.ts';
import { createReferenceParser } from '#src/retrieval/parse-references.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const norms = [
  buildNorm({ id: 'codigo-migracion', title: 'Código de Migración', number: 'Decreto 44-2016' }),
  buildNorm({
    id: 'constitucion',
    title: 'Constitución Política de la República de Guatemala',
    number: 'Arts. 26, 27, 144-148',
  }),
  buildNorm({
    id: 'ley-vieja',
    title: 'Ley de Migración (anterior)',
    number: 'Decreto 95-98',
    validity: { status: 'derogado' },
  }),
  buildNorm({
    id: 'codigo-trabajo',
    title: 'Código de Trabajo',
    number: 'Decreto 1441 (nuevo texto del Decreto 330)',
  }),
  buildNorm({
    id: 'reglamento-visas',
    aliases: ['igm-015-2025-visas'],
    title: 'Reglamento de Visas Guatemaltecas (2025)',
    shortTitle: 'Reglamento de Visas',
    number: 'Acuerdo de Dirección General IGM-015-2025',
  }),
  buildNorm({
    id: 'amn-3-2019-visas',
    title: 'Reglamento de Visas Guatemaltecas (2019)',
    number: 'Acuerdo AMN 3-2019',
    validity: { status: 'derogado' },
  }),
  buildNorm({ id: 'amn-4-2019', title: 'Reglamento de Residencias (2019)', number: 'Acuerdo AMN 4-2019' }),
  buildNorm({
    id: 'permisos',
    title: 'Reglamento de permisos de trabajo',
    number: 'Acuerdo Gubernativo 178-2025',
  }),
  buildNorm({ id: 'mirps', title: 'Marco Integral Regional (MIRPS)', number: '2017' }),
  buildNorm({
    id: 'ag-104-2016',
    title: 'Perdón parcial de multas (2016)',
    number: 'Acuerdo Gubernativo 104-2016',
  }),
];

const { parse } = createReferenceParser(norms);

/** Each reference as "norm,norm:article,article". */
const read = (text: string) =>
  parse(text).references.map(
    ({ norms, named, articles }) => `${named === 'unknown' ? '?' : norms.join(',')}:${articles.join(',')}`,
  );

describe('the references of a text', () => {
  it.each([
    ['art. 46 del Código de Migración', ['codigo-migracion:46']],
    ['¿Qué dice el ARTICULO 46 del codigo de migracion?', ['codigo-migracion:46']],
    ['artículo 46', [':46']],
    ['art 43 y 46', [':43,46']],
    ['arts. 43, 44 y 46 del Decreto 44-2016', ['codigo-migracion:43,44,46']],
    ['artículos 43 al 46', [':43,44,45,46']],
    ['Código de Migración, art. 6', ['codigo-migracion:6']],
    [
      'art. 46 del Código de Migración y art. 26 de la Constitución',
      ['codigo-migracion:46', 'constitucion:26'],
    ],
    ['Código de Migración art. 46 y Constitución art. 26', ['codigo-migracion:46', 'constitucion:26']],
    ['artículo 19 transitorio de la Constitución', ['constitucion:19 transitorio']],
    ['Decreto 44-2016', ['codigo-migracion:']],
    ['decreto número 44 del 2016', ['codigo-migracion:']],
    ['decreto 95-98', ['ley-vieja:']],
    ['el decreto 95-1998', ['ley-vieja:']],
    ['decreto 1441', ['codigo-trabajo:']],
    ['acuerdo 4-2019', ['amn-4-2019:']],
    ['AMN 3-2019', ['amn-3-2019-visas:']],
    ['IGM-015-2025', ['reglamento-visas:']],
    ['acuerdo gubernativo 178-2025', ['permisos:']],
    ['qué dice la constitución', ['constitucion:']],
    ['qué es el MIRPS', ['mirps:']],
    ['article 46 of the Código de Migración', ['codigo-migracion:46']],
  ])('"%s" are %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('name the norm in force first when two bear the same name', () => {
    expect(read('Reglamento de Visas Guatemaltecas')).toEqual(['reglamento-visas,amn-3-2019-visas:']);
  });

  it('take the longer name when the year tells which one is meant', () => {
    expect(read('Reglamento de Visas Guatemaltecas 2019')).toEqual(['amn-3-2019-visas:']);
  });

  it.each([
    'artículo 5 de la Ley de Tránsito',
    'articulo 5 ley de transito',
    'ley de amparo art 10',
    'código penal, artículo 132',
    'artículo 5 del decreto 12-1999',
    'acuerdo gubernativo 44-2016',
    'ley de tránsito',
    'decreto 12-2099',
  ])('tell a norm that is not held from one nobody named: "%s"', (text) => {
    expect(read(text)[0]).toMatch(/^\?/);
  });

  it.each([
    'perdón, tengo 46 años y 2 hijos',
    'mi teléfono es 2411-2411',
    'llegué el 12-05 en el bus',
    'soy artista, tengo 30 cuadros',
    '',
  ])('are none in "%s"', (text) => {
    expect(read(text)).toEqual([]);
  });

  it.each(['la ley de empleo me protege si no tengo papeles', 'ley de migraciones', 'qué ley me protege'])(
    'take a way of speaking for no norm of others: "%s"',
    (text) => {
      expect(read(text).filter((reference) => reference.startsWith('?'))).toEqual([]);
    },
  );

  it('are all the text says, or only a part of it', () => {
    expect(parse('¿Qué dice el Decreto 44-2016?').nothingElse).toBe(true);
    expect(parse('¿Qué dice el Decreto 44-2016 del asilo?').nothingElse).toBe(false);
  });
});

describe('looking references up', () => {
  const claims = [buildClaim('c1', 'Dice algo.')];
  const find = createReferenceFinder(
    buildKnowledge(norms, [
      buildUnit({ id: 'codigo-migracion/46', claims }),
      buildUnit({ id: 'constitucion/46', claims }),
      buildUnit({ id: 'constitucion/145', claims }),
      buildUnit({ id: 'codigo-migracion/84', claims, numberConfirmed: false }),
      buildUnit({ id: 'codigo-migracion/90', claims, audience: 'staff' }),
      buildUnit({ id: 'codigo-migracion/*', kind: 'norm', claims }),
      buildUnit({ id: 'codigo-migracion/75-77', claims }),
      buildUnit({ id: 'codigo-migracion/76', claims }),
      buildUnit({ id: 'codigo-migracion/226-228', claims, numberConfirmed: false }),
      buildUnit({
        id: 'codigo-migracion/trafico',
        claims,
        alsoArticleOf: [{ norm: 'ley-vieja', articles: ['103', '107 bis'] }],
      }),
      ...['eje-1', 'e1-b', 'e1-b-2'].map((part) =>
        buildUnit({ id: `politica/${part}`, kind: 'policy', claims }),
      ),
    ]),
  );
  const exact = (question: string) => find(question, 'public').exact.map(({ id }) => id);

  it('prefers the migration code when no norm is said, and keeps the others as alternatives', () => {
    expect(exact('artículo 46')).toEqual(['codigo-migracion/46']);
    expect(find('artículo 46', 'public').alternatives.map(({ id }) => id)).toEqual(['constitucion/46']);
  });

  it('takes another norm that has the article when the migration code has not', () => {
    expect(exact('artículo 145')).toEqual(['constitucion/145']);
  });

  it.each([
    ['artículo 500 del Código de Migración', 'codigo-migracion', '500'],
    ['artículo 84 del Código de Migración', 'codigo-migracion', '84'],
    ['artículo 46 de la Ley de Tránsito', undefined, '46'],
    ['decreto 12-1999', undefined, '*'],
  ])('says what is missing for "%s"', (question, norm, article) => {
    expect(find(question, 'public')).toMatchObject({ exact: [], missing: [{ norm, article }] });
  });

  it('counts a staff unit as missing for the public only', () => {
    expect(find('art. 90 del Código de Migración', 'public').missing).toHaveLength(1);
    expect(find('art. 90 del Código de Migración', 'staff').exact).toHaveLength(1);
  });

  it('takes a norm named beside a question as a place to look, not as the answer', () => {
    const found = find('según el Código de Migración, ¿puedo trabajar?', 'public');
    expect(found.exact).toEqual([]);
    expect([...found.norms]).toEqual(['codigo-migracion']);
  });

  it.each([
    ['artículo 75 del Código de Migración', ['codigo-migracion/75-77']],
    ['artículo 76 del Código de Migración', ['codigo-migracion/76']],
    ['artículo 103 del Decreto 95-98', ['codigo-migracion/trafico']],
    ['decreto 95-98, art. 107 bis', ['codigo-migracion/trafico']],
    ['eje 1', ['politica/eje-1']],
    ['¿qué busca el primer eje?', ['politica/eje-1']],
    ['e1-b', ['politica/e1-b']],
    ['quién responde por la línea b del eje 1', ['politica/e1-b']],
    ['acción 2 de la línea b del eje uno', ['politica/e1-b-2']],
    ['E1.b.2', ['politica/e1-b-2']],
    ['el eje de la rueda', []],
  ])('leads from "%s" to %j', (question, ids) => {
    expect(exact(question)).toEqual(ids);
  });

  it('does not find a range whose numbers nobody confirmed', () => {
    expect(exact('artículo 227 del Código de Migración')).toEqual([]);
  });

  it('keeps the name of a norm it does not hold as it was written', () => {
    expect(find('artículo 5 de la Ley de Tránsito', 'public').missing).toEqual([
      { norm: undefined, said: 'Ley de Tránsito', article: '5' },
    ]);
  });
});
