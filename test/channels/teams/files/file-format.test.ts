import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { fileFormat } from '#src/channels/teams/files/file-format.ts';

const zip = (...names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));

test.each([
  ['a PDF', strToU8('%PDF-1.7\n%âãÏÓ'), 'pdf'],
  ['a PDF with a line before its mark', strToU8('\r\n%PDF-1.4'), 'pdf'],
  ['an Excel book', zip('[Content_Types].xml', 'xl/workbook.xml'), 'xlsx'],
  ['a Word file', zip('[Content_Types].xml', 'word/document.xml'), undefined],
  ['an archive cut short', zip('xl/workbook.xml').subarray(0, 40), undefined],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), undefined],
  ['words', strToU8('hola'), undefined],
  ['nothing', new Uint8Array(), undefined],
])('%s is known by its bytes', (_what, bytes, format) => {
  expect(fileFormat(bytes)).toBe(format);
});
