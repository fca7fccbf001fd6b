import { expect, test } from 'vitest';
import { checkKnowledge } from '#src/knowledge/check-knowledge.ts';
import { CATALOGUE, knowledgeFolder, unitYaml } from './temp-knowledge.ts';

/** What the check says about one claim. */
async function saidOf(text: string, part = 'rule', source = 'ejemplo.gt'): Promise<readonly string[]> {
  const claim = JSON.stringify({ id: 'c1', part, text, confidence: 'high', sources: [source] });
  const dir = await knowledgeFolder({
    'norms/ley.yaml': `${CATALOGUE}units:\n${unitYaml('ley/1', ['claims:', `  - ${claim}`])}`,
  });
  return (await checkKnowledge(dir)).defects.map(({ message }) => message);
}

test.each([
  ['Este artículo da protección especial.', 'Este artículo'],
  ['Estos artículos tratan del refugio.', 'Estos artículos'],
  ['Con base en este artículo se pide la residencia.', 'Con base en este artículo'],
  ['En este artículo se habla del asilo.', 'En este artículo'],
  ['El Código dedica su capítulo tercero a los trabajadores.', 'El Código dedica'],
  ['El Código regula el asilo político.', 'El Código regula'],
  ['La página del IGM da Q15.', 'La página'],
  ['Una página privada lo da por vigente.', 'Una página'],
  ['Una nota de 2016 habla de las personas apátridas.', 'Una nota'],
  ['Una guía pide dos años.', 'Una guía'],
  ['Según una firma legal, se puede.', 'Según una firma'],
  ['Se cobran Q15. Una guía dice lo contrario.', 'Una guía'],
])('«%s» speaks of a text or a source, not to the person', async (text, opening) => {
  expect(await saidOf(text)).toContain(
    `empieza con «${opening}»; diga qué vale para la persona y pase la fuente a «note»`,
  );
});

test.each([
  'El artículo 46 del Código de Migración trata de la no devolución.',
  'El Código de Migración reconoce derechos a los trabajadores.',
  'Las páginas de los consulados tienen la lista.',
  'Esta guía es para familias.',
  'Dos fuentes no dicen lo mismo: una pide dos años. Pregunte en el RENAP.',
])('«%s» may stand', async (text) => {
  expect(await saidOf(text)).toEqual([]);
});

test.each([
  ['where', 'Está en la zona 1, Ciudad de Guatemala.', 'Está'],
  ['where', 'Su oficina está en la zona 9.', 'Su oficina'],
  ['contact', 'El teléfono es 2411-2411.', 'El teléfono es'],
  ['contact', 'El otro teléfono es 2424-1717.', 'El otro teléfono es'],
  ['contact', 'El sitio es igm.gob.gt.', 'El sitio es'],
  ['contact', 'El WhatsApp es 3757-0902.', 'El WhatsApp es'],
  ['contact', 'El correo es drer@igm.gob.gt.', 'El correo es'],
  ['contact', 'La línea es 1511.', 'La línea es'],
  ['contact', 'Atiende de lunes a viernes.', 'Atiende'],
])('a %s claim «%s» does not say whose it is', async (part, text, opening) => {
  expect(await saidOf(text, part)).toEqual([
    `empieza con «${opening}» y no dice de quién; nombre la oficina o la institución`,
  ]);
});

test.each([
  ['where', 'La Casa del Migrante está en la zona 1, Ciudad de Guatemala.'],
  ['contact', 'El teléfono del IGM es 2411-2411.'],
  ['contact', 'El sitio del RENAP es renap.gob.gt.'],
  ['rule', 'Está vigente desde octubre de 2025.'],
])('a %s claim «%s» may stand', async (part, text) => {
  expect(await saidOf(text, part)).toEqual([]);
});

test.each(['&amp;', '&quot;', '&#39;'])('«%s» is told in a text and in a source', async (escaped) => {
  const message = `tiene «${escaped}», un signo mal copiado; escriba el signo mismo`;
  expect(await saidOf(`Derechos ${escaped} deberes.`)).toEqual([message]);
  expect(await saidOf('Usted puede migrar.', 'rule', `ejemplo.gt?a=1${escaped}b=2`)).toEqual([message]);
});

test('an ampersand in a source and in a text is no defect', async () => {
  expect(await saidOf('Derechos & deberes.', 'rule', 'ejemplo.gt?a=1&b=2')).toEqual([]);
});

test('a source that is only a machine number is told', async () => {
  expect(await saidOf('Usted puede migrar.', 'rule', '192.0.2.11/prensa/2017/079')).toEqual([
    'da como fuente «192.0.2.11»; ponga el sitio o la organización',
  ]);
});

test.each([
  'No se leyó el texto.',
  'La matriz oficial de responsables no está cargada.',
  'Cuesta USD 10, según el asistente público del IGM.',
])('«%s» is a remark for editors', async (text) => {
  expect(await saidOf(text)).toHaveLength(1);
});
