import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import writeXlsxFile, { type Feature, type Sheet, type SheetData } from 'write-excel-file/node';
import type { TableBlock } from '../answering/answer.ts';
import type { ShownCitation } from '../answering/citation.ts';
import type { Review } from '../knowledge/unit.ts';
import { dateWords, validityWords } from '../knowledge/validity-words.ts';

/** Media type of an Excel file. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What each row rests on stands beside it. */
const SOURCE_COLUMNS = ['Fuente', 'Vigencia', 'Revisión', 'Enlace'] as const;
const GUIDES: ReadonlySet<string> = new Set(['tramite', 'directorio']);
/** Widths in characters. */
const WIDTHS = { least: 12, most: 60 };
/** What the library takes as the content of a file. */
type Content = Stream | Buffer | Blob;
/** What Excel allows for the name of a sheet. */
const LONGEST_SHEET_NAME = 31;
/** A table wider than this has columns named AA, AB… */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Tables as an Excel file, a sheet each: real columns, a header that stays in view, filters, and beside each row what it
 * rests on. Cells are text: nothing that a person or a page wrote is ever taken for a formula.
 */
export async function tableWorkbook(
  tables: readonly TableBlock[],
  citations: readonly ShownCitation[],
): Promise<Uint8Array> {
  const sheets = tables.map((table, index): Sheet<Content> => {
    const header = [...table.columns, ...SOURCE_COLUMNS];
    const rows = table.rows.map((row, at) => [
      ...padded(row, table.columns.length),
      ...sourceCells(table, at, citations),
    ]);
    return {
      data: sheetData(header, rows),
      sheet: sheetName(table, index),
      columns: header.map((name, at) => ({ width: widthOf([name, ...rows.map((row) => row[at] ?? '')]) })),
      stickyRowsCount: 1,
    };
  });
  const ranges = tables.map(({ columns, rows }) =>
    rangeOf(columns.length + SOURCE_COLUMNS.length, rows.length),
  );
  return writeXlsxFile(sheets, { features: [autoFilter(ranges)] }).toBuffer();
}

function sheetData(header: readonly string[], rows: readonly (readonly string[])[]): SheetData {
  return [
    header.map((value) => ({ value, type: String, fontWeight: 'bold', wrap: true })),
    ...rows.map((row) =>
      row.map((value) => ({ value, type: String, wrap: true, alignVertical: 'top' as const })),
    ),
  ];
}

function sourceCells(table: TableBlock, row: number, citations: readonly ShownCitation[]): readonly string[] {
  const unit = table.rowUnits?.[row] ?? table.unit;
  const citation = unit === undefined ? citations[0] : citations.find((one) => one.unit === unit);
  if (citation === undefined) return SOURCE_COLUMNS.map(() => '');
  return [citation.label, stateCell(citation), reviewCell(citation.review), citation.url];
}

/** Guides and directory entries are never in force. */
function stateCell({ norm, stateWords, validity }: ShownCitation): string {
  return stateWords ?? (GUIDES.has(norm) ? '' : validityWords(validity));
}

function reviewCell(review: Review): string {
  switch (review.state) {
    case 'fuente-publica':
      return 'fuente pública, sin validar';
    case 'texto-oficial':
      return 'texto oficial';
    case 'validado':
      return `validado por ${review.by} el ${dateWords(review.on)}`;
  }
}

function padded(row: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => row[at] ?? '');
}

function widthOf(cells: readonly string[]): number {
  const longest = Math.max(...cells.map(({ length }) => length));
  return Math.min(WIDTHS.most, Math.max(WIDTHS.least, longest + 2));
}

/** Excel refuses some signs in a sheet's name, and two of one name. It is cut between words. */
function sheetName({ title = 'Tabla' }: TableBlock, index: number): string {
  const name = title
    .replace(/[\\/?*[\]:']/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const number = index === 0 ? '' : ` ${index + 1}`;
  const most = LONGEST_SHEET_NAME - number.length;
  return `${name.length <= most ? name : name.slice(0, most + 1).replace(/\s\S*$/, '')}${number}`.slice(
    0,
    LONGEST_SHEET_NAME,
  );
}

function rangeOf(columns: number, rows: number): string {
  return `A1:${columnName(columns)}${rows + 1}`;
}

function columnName(place: number): string {
  const last = LETTERS[(place - 1) % LETTERS.length] ?? '';
  return place <= LETTERS.length ? last : `${columnName(Math.floor((place - 1) / LETTERS.length))}${last}`;
}

/** Filters over the header, which the library does not offer by itself; in a sheet they stand right after the cells. */
function autoFilter(ranges: readonly string[]): Feature<Content> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _options, { sheetIndex }) =>
            xml.replace('</sheetData>', `</sheetData><autoFilter ref="${ranges[sheetIndex] ?? 'A1'}"/>`),
        },
      },
    },
  };
}
