import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TableBlock } from '#src/answering/answer.ts';
import { createCite } from '#src/answering/cite.ts';
import { tableWorkbook } from '#src/channels/table-workbook.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const units = ['ley/1', 'ley/2'].map((id) =>
  buildUnit({ id, validity: { status: 'vigente', since: '2025-10-08' } }),
);
const cite = createCite(
  buildKnowledge([buildNorm({ id: 'ley', title: 'Ley' })], units),
  () => 'https://orienta.example',
);
const citations = units.map((unit) => cite(new Passage(unit, 1, [])).shown());
const table: TableBlock = {
  kind: 'table',
  title: 'Acciones: [línea] a/b?',
  columns: ['Línea', 'Acción'],
  rows: [
    ['Niñez', '=HYPERLINK("http://mal.example")'],
    ['Retorno', 'Alimentos & agua <1>'],
  ],
  rowUnits: ['ley/1', 'ley/2'],
};

describe('a table in Excel', () => {
  let files: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const zip = unzipSync(await tableWorkbook([table, { ...table, rows: [] }], citations));
    files = Object.fromEntries(Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]));
  });
  const file = (name: string) => files[name] ?? expect.fail(`no ${name} in ${Object.keys(files).join(', ')}`);

  it('has its columns, those of its sources beside them, and a filter over all', () => {
    const sheet = file('xl/worksheets/sheet1.xml');
    expect(sheet).toMatch(/<\/sheetData><autoFilter ref="A1:F3"\/>/);
    expect(sheet).toContain('<pane ');
    expect(sheet.match(/<row /g)).toHaveLength(3);
    const words = textOf();
    for (const word of ['Línea', 'Acción', 'Fuente', 'Vigencia', 'Revisión', 'Enlace'])
      expect(words).toContain(word);
  });

  it('names what each row rests on', () => {
    expect(textOf()).toContain('Ley, artículo 2');
    expect(textOf()).toContain('vigente desde el 8 de octubre de 2025');
    expect(textOf()).toContain('https://orienta.example/normas/ley#art-2');
  });

  it('takes nothing for a formula or for markup', () => {
    expect(file('xl/worksheets/sheet1.xml')).not.toContain('<f>');
    expect(textOf()).toContain('Alimentos &amp; agua &lt;1');
  });

  it('has a sheet a table, under names that Excel takes', () => {
    const names = [...file('xl/workbook.xml').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(['Acciones línea a b', 'Acciones línea a b 2']);
    expect(file('xl/worksheets/sheet2.xml')).toContain('<autoFilter ref="A1:F1"/>');
  });

  function textOf(): string {
    return `${files['xl/sharedStrings.xml'] ?? ''}${file('xl/worksheets/sheet1.xml')}`;
  }
});
