import { expect, it } from 'vitest';
import type { TableBlock } from '#src/answering/answer.ts';
import type { Reply } from '#src/channels/channel.ts';
import { renderPlain } from '#src/channels/render-plain.ts';
import { renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import { renderMarkdown } from '#src/channels/teams/render-markdown.ts';
import { condense } from '#src/conversation/condense.ts';
import { decodeReply, encodeReply } from '#src/conversation/reply-codec.ts';

const table: TableBlock = {
  kind: 'table',
  title: 'Acciones:',
  columns: ['Línea', 'Acción', 'Responsable'],
  rows: [
    ['Niñez', 'Albergar *hoy*', 'SBS'],
    ['Retorno', 'Uno | dos', ''],
  ],
  rowUnits: ['ley/1', 'ley/2'],
  worth: 'lead',
};
const reply: Reply = { kind: 'answer', language: 'es', blocks: [table], citations: [] };

it('a table is a list where columns have no room', () => {
  expect(renderPlain(reply, { links: true })).toBe(
    'Acciones:\n• Niñez — Acción: Albergar *hoy*; Responsable: SBS\n• Retorno — Acción: Uno | dos',
  );
  expect(renderWhatsApp(reply)).toEqual([
    '*Acciones:*\n• Niñez — Acción: Albergar ∗hoy∗; Responsable: SBS\n• Retorno — Acción: Uno | dos',
  ]);
});

it('a table is one in Markdown, and no cell can break it', () => {
  expect(renderMarkdown(reply)).toBe(
    'Acciones:\n\n| Línea | Acción | Responsable |\n| --- | --- | --- |\n| Niñez | Albergar \\*hoy\\* | SBS |\n| Retorno | Uno \\| dos |  |',
  );
});

it('a table waits in the outbox as it is', () => {
  expect(decodeReply(encodeReply(reply))).toEqual(reply);
});

it('a long table goes on in the next WhatsApp message', () => {
  const rows = Array.from({ length: 30 }, (_, at) => [
    `Línea ${at}`,
    'Una acción que dice lo que se hace',
    'IGM',
  ]);
  const { now, rest } = condense({ ...reply, blocks: [{ ...table, rows, rowUnits: [] }] });
  expect(renderWhatsApp(now)).toHaveLength(1);
  expect(rest).toBeDefined();
});
