import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { type Line, lineSchema, type Unit } from '#src/knowledge/unit.ts';
import { buildKnowledge, buildUnit, buildClaim as claim, buildNorm as norm } from '../support/builders.ts';

/** A unit `<norm>/<tail>`; each text becomes a confirmed claim. */
function unit(id: string, texts: readonly string[], fields: Readonly<Record<string, unknown>> = {}): Unit {
  const claims = texts.map((text, index) => claim(`c${index}`, text));
  return buildUnit({ id, asOf: '2026-11', claims, ...fields });
}

/** A line that is confirmed. */
function line(number: string, name: string): Line {
  return lineSchema.parse({
    number,
    name,
    use: `Llame a ${name}.`,
    emergency: true,
    confidence: 'high',
    sources: [],
  });
}

const SAMPLE_PARTS = {
  norms: [
    norm({
      id: 'codigo-migracion',
      title: 'Código de Migración',
      number: 'Decreto 44-2016',
      replaces: ['ley-migracion-95-98'],
      validity: { status: 'vigente', since: '2017-05-01', checkedOn: '2026-11' },
    }),
    norm({
      id: 'ley-migracion-95-98',
      title: 'Ley de Migración (anterior)',
      number: 'Decreto 95-98',
      validity: { status: 'derogado', partlyInForce: 'la parte penal' },
    }),
    norm({ id: 'reglamento-visas', aliases: ['igm-015-2025-visas'], title: 'Reglamento de Visas' }),
    norm({
      id: 'politica-migratoria',
      aliases: ['politica-migratoria-2023'],
      title: 'Política Migratoria de Guatemala',
    }),
    norm({ id: 'manual-interno', title: 'Manual interno de revisión', audience: 'staff' }),
  ],
  units: [
    unit('codigo-migracion/102 literal n', ['Texto del literal.'], { title: 'Un literal' }),
    unit('codigo-migracion/6', ['Usted tiene derecho a trabajar en Guatemala.'], {
      title: 'Derecho al trabajo',
    }),
    unit('codigo-migracion/7', ['Usted tiene derecho a estudiar.'], {
      title: 'Derecho a la educación',
      numberConfirmed: false,
    }),
    unit('codigo-migracion/8', [], {
      title: 'Artículo con un dato dudoso',
      claims: [
        claim('si', 'Este dato está confirmado.', { note: 'nota para el equipo' }),
        claim('no', 'Este dato es dudoso.', { confidence: 'low' }),
      ],
      note: 'apunte de edición',
    }),
    unit('codigo-migracion/9', [], {
      title: 'Solo dudas',
      claims: [claim('no', 'Duda sola.', { confidence: 'low' })],
    }),
    unit('codigo-migracion/200', ['Criterio interno de la Subdirección.'], {
      title: 'Criterio interno',
      audience: 'staff',
    }),
    unit('manual-interno/1', ['Paso interno de revisión.'], { title: 'Revisión interna' }),
    unit('politica-migratoria/e1-b', ['Prevenir la trata.'], { kind: 'policy', title: 'Trata de personas' }),
    unit('politica-migratoria/e1-b-1', ['Capacitar a fiscales.'], {
      kind: 'action',
      article: 'e1-b',
      title: 'Capacitación',
      parent: 'politica-migratoria/e1-b',
    }),
    unit('politica-migratoria/eje-1', ['Protege los derechos.'], {
      kind: 'policy',
      title: 'Derechos humanos',
    }),
    unit('directorio/igm', ['Llame al 2411-2411 o escriba a info@igm.gob.gt.'], {
      kind: 'institution',
      title: 'Instituto Guatemalteco de Migración',
    }),
    unit('tramite/pasaporte-adulto', [], {
      kind: 'procedure',
      title: 'Pasaporte guatemalteco: persona adulta',
      claims: [
        claim('quien', 'Usted tiene 18 años o más.', { part: 'who' }),
        claim('paso-1', 'Pague en el banco.', { part: 'step' }),
        claim('paso-2', 'Vaya al centro de emisión.', { part: 'step' }),
        claim('req', 'Lleve su DPI.', { part: 'requirement' }),
        claim('costo', 'Cuesta US$50.00 según el tarifario de 2023.', { part: 'cost' }),
        claim('duda', 'Tarda cinco minutos.', { part: 'time', confidence: 'low' }),
      ],
      see: ['codigo-migracion/6', 'codigo-migracion/7', 'codigo-migracion/200'],
    }),
  ],
  lines: [
    line('110', 'Policía Nacional Civil (PNC)'),
    line('122', 'Bomberos Voluntarios'),
    line('1555', 'PDH'),
  ],
};

/** A small compendium with one of everything that pages treat differently. */
export const SAMPLE: Knowledge = {
  ...buildKnowledge(SAMPLE_PARTS.norms, SAMPLE_PARTS.units),
  lines: SAMPLE_PARTS.lines,
};
