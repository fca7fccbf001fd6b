import { unzipSync } from 'fflate';
import type { ImportFormat } from '../../../knowledge/importer.ts';

// Readers take a PDF whose mark stands a little way in.
const PDF_MARK_WITHIN = 1_024;

/** What the bytes are, whatever the file is called; undefined for anything else. */
export function fileFormat(bytes: Uint8Array): ImportFormat | undefined {
  const start = Buffer.from(bytes.subarray(0, PDF_MARK_WITHIN)).toString('latin1');
  if (start.includes('%PDF-')) return 'pdf';
  if (start.startsWith('PK\u0003\u0004')) return isWorkbook(bytes) ? 'xlsx' : undefined;
  return undefined;
}

/** Reads the names in the archive only; nothing is unpacked. */
function isWorkbook(bytes: Uint8Array): boolean {
  let found = false;
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        found ||= name === 'xl/workbook.xml';
        return false;
      },
    });
  } catch {
    return false;
  }
  return found;
}
