import { expect, test } from 'vitest';
import { checkKnowledge } from '#src/knowledge/check-knowledge.ts';
import { CATALOGUE, knowledgeFolder, unitYaml } from './temp-knowledge.ts';

const CLAIM = [
  'claims:',
  '  - { id: c1, text: Usted puede migrar., confidence: high, sources: [ejemplo.gt] }',
];

async function defectsOf(files: Readonly<Record<string, string>>) {
  const dir = await knowledgeFolder({ 'norms/catalogo.yaml': CATALOGUE, ...files });
  return (await checkKnowledge(dir)).defects;
}

/** Checks one unit in `norms/ley.yaml`, whose `id:` is on line 2. */
function defectsOfUnit(fields: readonly string[], id = 'ley/1') {
  return defectsOf({ 'norms/ley.yaml': `units:\n${unitYaml(id, fields)}` });
}

function inLey(line: number, message: string, unit = 'ley/1') {
  return [{ file: 'norms/ley.yaml', line, unit, message }];
}

test('a folder in order has no defects and is counted', async () => {
  const dir = await knowledgeFolder({
    'norms/catalogo.yaml': CATALOGUE,
    'norms/ley.yaml': `units:\n${unitYaml('ley/1', [...CLAIM, 'questions:', '  es: [¿Puedo migrar?]', '  ht: [Èske mwen ka imigre?]'])}${unitYaml('ley/2', ['review: { state: validado, by: asesoría jurídica, on: "2026-11-20" }', 'see: [ley/1]'])}`,
  });
  expect(await checkKnowledge(dir)).toEqual({
    defects: [],
    counts: {
      files: 2,
      norms: 1,
      units: 2,
      lines: 0,
      claims: { high: 1, medium: 0, low: 0 },
      questions: { es: 1, en: 0, pt: 0, fr: 0, ht: 1 },
      review: { 'fuente-publica': 1, 'texto-oficial': 0, validado: 1 },
    },
  });
});

test('a YAML that cannot be read is told with its line', async () => {
  const [defect] = await defectsOf({ 'norms/ley.yaml': 'units:\n  - id: ley/1\n   kind: article\n' });
  expect(defect).toMatchObject({ file: 'norms/ley.yaml', line: 3 });
  expect(defect?.message).toMatch(/^el YAML no se puede leer \(.+\); revise sangría, comillas y dos puntos$/);
});

test('a key written twice is told', async () => {
  const [defect] = await defectsOfUnit(['title: Otro']);
  expect(defect).toMatchObject({ file: 'norms/ley.yaml', line: 5 });
});

test('an empty file is told', async () => {
  expect(await defectsOf({ 'norms/ley.yaml': '# nada\n' })).toEqual([
    { file: 'norms/ley.yaml', line: 1, message: 'el archivo está vacío; escriba fichas (units) o bórrelo' },
  ]);
});

test.each([
  [
    'a field that does not exist',
    ['titel: Otro'],
    5,
    'no existe el campo «titel»; bórrelo o revise cómo se escribe',
  ],
  [
    'a kind of value that does not exist',
    ['audience: todos'],
    5,
    '«audience» no puede tener ese valor; escriba uno de estos: public, staff',
  ],
  [
    'a number where a text belongs',
    ['asOf: 2026'],
    5,
    '«asOf» debe ser un texto (si es solo números o una fecha, póngalo entre comillas)',
  ],
  ['a date of another shape', ['asOf: 11/2026'], 5, '«asOf»: escriba una fecha AAAA-MM-DD, AAAA-MM o AAAA'],
  ['a text where a list belongs', ['see: ley/2'], 5, '«see» debe ser una lista, cada elemento con un guion'],
  [
    'a review state that does not exist',
    ['review: { state: aprobado }'],
    5,
    '«review.state» no tiene un valor conocido; vea los valores en el esquema (knowledge/schema)',
  ],
  [
    'a claim of high confidence without source',
    ['claims:', '  - id: c1', '    text: Usted puede migrar.', '    confidence: high', '    sources: []'],
    9,
    '«claims.sources»: un dato de confianza alta necesita al menos una fuente',
  ],
  [
    'a claim without text',
    ['claims:', '  - id: c1', '    text: ""', '    confidence: low', '    sources: []'],
    7,
    '«claims.text» está vacío o es muy corto; escríbalo completo',
  ],
])('%s is told with its line and what to do', async (_situation, fields, line, message) => {
  expect(await defectsOfUnit(fields)).toEqual(inLey(line, message));
});

test('an id without a norm is told', async () => {
  expect(await defectsOfUnit([], 'ley')).toEqual(inLey(2, '«id»: escriba <norma>/<artículo o id>', 'ley'));
});

test('two norms under one alias are told', async () => {
  const other = CATALOGUE.replace('id: ley', 'id: otra-ley');
  expect(await defectsOf({ 'norms/otra.yaml': other })).toEqual([
    {
      file: 'norms/otra.yaml',
      line: 2,
      unit: 'otra-ley',
      message: 'el id o alias «decreto-1» ya es de la norma ley; deje uno solo',
    },
  ]);
});

test('a file that is a list is told', async () => {
  expect(await defectsOf({ 'norms/ley.yaml': '- id: ley/1\n' })).toEqual([
    { file: 'norms/ley.yaml', line: 1, message: 'el archivo debe ser un bloque de campos' },
  ]);
});

test.each([
  [
    'two claims with one id',
    [...CLAIM, '  - { id: c1, text: Otra cosa., confidence: low, sources: [] }'],
    7,
    'el dato «c1» está dos veces; ponga otro id',
  ],
  [
    'a related unit that does not exist',
    ['see:', '  - ley/1', '  - ley/9'],
    7,
    '«see» nombra la ficha ley/9, que no existe; corríjala o bórrela',
  ],
  [
    'a parent that does not exist',
    ['parent: ley/9'],
    5,
    '«parent» nombra la ficha ley/9, que no existe; corríjala',
  ],
  [
    'a successor that does not exist',
    ['validity:', '  status: derogado', '  replacedBy: [ley-nueva]'],
    7,
    '«replacedBy» nombra la norma ley-nueva, que no existe; corríjala o agréguela al catálogo',
  ],
  [
    'an amount of a claim that does not exist',
    [...CLAIM, 'amounts:', '  - { what: multa, value: 15, currency: GTQ, year: 2026, claim: c2 }'],
    8,
    'el monto «multa» nombra el dato «c2», que la ficha no tiene; corríjalo',
  ],
  [
    'an internal unit open to the public',
    ['kind: internal'],
    2,
    'es interna pero no dice «audience: staff»; agréguelo',
  ],
  [
    'a remark for editors in a plain text',
    ['plain:', '  - Usted puede migrar.', '  - El encabezado oficial no leído.'],
    7,
    'dice «encabezado oficial no leído», que es para editores; páselo a «note»',
  ],
  [
    'an unconfirmed number in a claim',
    [
      'numberConfirmed: false',
      'claims:',
      '  - { id: c1, text: "Lo dice el artículo 1 de la ley.", confidence: low, sources: [] }',
    ],
    7,
    'muestra «artículo 1», un número de artículo sin confirmar; quite el número',
  ],
  [
    'a claim that says tú',
    ['claims:', '  - { id: c1, text: "Si puedes, pida ayuda.", confidence: low, sources: [] }'],
    6,
    'dice «puedes»; Orienta trata de usted: cambie la frase',
  ],
])('%s is told with its line and what to do', async (situation, fields, line, message) => {
  const yaml = `units:\n${unitYaml('ley/1', fields)}`;
  const text =
    situation === 'an internal unit open to the public' ? yaml.replace('    kind: article\n', '') : yaml;
  expect(await defectsOf({ 'norms/ley.yaml': text })).toEqual(inLey(line, message));
});

test('a norm that replaces one that does not exist is told', async () => {
  const norm = CATALOGUE.replaceAll('ley', 'nueva').replace('decreto-1', 'decreto-2');
  expect(await defectsOf({ 'norms/nueva.yaml': `${norm}    replaces: [ley, ley-vieja]\n` })).toEqual([
    {
      file: 'norms/nueva.yaml',
      line: 10,
      unit: 'nueva',
      message: '«replaces» nombra la norma ley-vieja, que no existe; corríjala o agréguela al catálogo',
    },
  ]);
});

test('a line of an institution that does not exist is told', async () => {
  const lines = `lines:\n  - number: "1500"\n    name: Línea\n    use: Pedir ayuda\n    institution: ley/9\n    confidence: high\n    sources: [ejemplo.gt]\n`;
  expect(await defectsOf({ 'directory/lineas.yaml': lines })).toEqual([
    {
      file: 'directory/lineas.yaml',
      line: 5,
      message: 'la línea 1500 nombra la institución ley/9, que no existe; corríjala',
    },
  ]);
});

test('defects of several files come in the order of files and lines', async () => {
  const found = await defectsOf({
    'norms/b.yaml': `units:\n${unitYaml('ley/1', ['see: [ley/8, ley/9]', 'parent: ley/7'])}`,
    'norms/a.yaml': `units:\n${unitYaml('otra/1')}`,
  });
  expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'norms/a.yaml:2',
    'norms/b.yaml:5',
    'norms/b.yaml:5',
    'norms/b.yaml:6',
  ]);
});
