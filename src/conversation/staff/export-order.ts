import type { TableBlock } from '../../answering/answer.ts';
import type { Reply } from '../../channels/channel.ts';
import type { OfferFile } from '../../channels/file-shelf.ts';
import { tableWorkbook, XLSX_TYPE } from '../../channels/table-workbook.ts';
import { fold } from '../../knowledge/fold.ts';
import { guatemalanDay } from '../guatemalan-time.ts';
import { sayReply } from '../replies.ts';
import { decodeReply } from '../reply-codec.ts';

/** Makes an Excel file of the tables of a reply, given as it was kept; says why where there is none. */
export type ExportTables = (kept: string | undefined) => Promise<Reply>;

const NO_TABLE =
  'La última respuesta no tiene una tabla. Pida una, por ejemplo «acciones MINEX», y después escriba «excel».';
const NO_DOOR =
  'Aquí no puedo entregar el archivo de Excel: Orienta todavía no tiene una dirección pública. Avise a soporte.';
const LONGEST_NAME = 60;

/** @param offer puts the file where its address leads; absent where nobody could reach it */
export function createExportTables(parts: {
  readonly offer: OfferFile | undefined;
  readonly now: () => Date;
}): ExportTables {
  return async (kept) => {
    const reply = kept === undefined ? undefined : decodeReply(kept);
    const tables = reply?.blocks.filter((block) => block.kind === 'table') ?? [];
    const [table] = tables;
    if (reply === undefined || table === undefined) return sayReply('command', 'es', NO_TABLE);
    if (parts.offer === undefined) return sayReply('command', 'es', NO_DOOR);
    const content = await tableWorkbook(tables, reply.citations);
    const name = fileName(reply, table, parts.now());
    const { url, minutes } = parts.offer({ name, type: XLSX_TYPE, content });
    return sayReply(
      'command',
      'es',
      `Aquí está la tabla en Excel. El enlace vence en ${minutes} minutos: ${url}`,
    );
  };
}

/** "ministerio-de-relaciones-exteriores-minex-2026-11-22.xlsx": what the answer is about, and the day. */
function fileName({ blocks }: Reply, table: TableBlock, now: Date): string {
  const lead = blocks.find((block) => block.kind === 'paragraph')?.text.split(':')[0];
  const slug = fold(lead ?? table.title ?? 'tabla')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-|-$/g, '');
  return `orienta-${slug}-${guatemalanDay(now)}.xlsx`;
}
