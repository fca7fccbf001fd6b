import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Block } from '#src/answering/answer.ts';
import { createCite } from '#src/answering/cite.ts';
import { XLSX_TYPE } from '#src/channels/table-workbook.ts';
import { encodeReply } from '#src/conversation/reply-codec.ts';
import { createCopyForWhatsApp } from '#src/conversation/staff/copy-order.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../../support/builders.ts';
import { phrases, wordsOf } from '../talk-harness.ts';
import { openTalk } from './desk.ts';

describe('excel', () => {
  it('offers the table of the last answer as a file whose rows name their source', async () => {
    const talk = openTalk();
    await talk.say('acciones MINEX');
    const { reply } = await talk.say('exportar a excel');
    expect(reply?.kind).toBe('command');
    expect(wordsOf(reply)).toMatch(/vence en 30 minutos: https:\/\/orienta\.example\/descargas\/token$/);
    const [file] = talk.offered;
    expect(file).toMatchObject({
      name: 'orienta-ministerio-de-relaciones-exteriores-minex-2026-11-22.xlsx',
      type: XLSX_TYPE,
    });
    const sheet = sheetOf(file?.content);
    expect(sheet).toContain('Ampliar la red consular');
    expect(sheet).toContain('https://orienta.example/politica#e3-a');
  });

  it('still means the table after something that was no answer', async () => {
    const talk = openTalk();
    await talk.say('acciones MINEX');
    await talk.say('ayuda');
    await talk.say('copiar para whatsapp');
    await talk.say('excel');
    await talk.say('excel');
    expect(talk.offered).toHaveLength(2);
  });

  it('says so when the last answer has no table', async () => {
    const talk = openTalk();
    expect(wordsOf((await talk.say('excel')).reply)).toMatch(/^La última respuesta no tiene una tabla/);
    await talk.say('acciones MINEX');
    await talk.say('norma 46');
    expect(wordsOf((await talk.say('excel')).reply)).toMatch(/^La última respuesta no tiene una tabla/);
    expect(talk.offered).toEqual([]);
  });

  it('says so where nobody could fetch a file', async () => {
    const talk = openTalk(false);
    await talk.say('acciones MINEX');
    expect(wordsOf((await talk.say('excel')).reply)).toMatch(/no puedo entregar el archivo/);
  });

  it('is staff’s alone, and so is what it needs', async () => {
    const talk = openTalk();
    await talk.say('norma 46', { audience: 'public' });
    await talk.say('excel', { audience: 'public' });
    expect(talk.offered).toEqual([]);
    expect(talk.context?.last).toBeUndefined();
  });
});

describe('copiar para whatsapp', () => {
  it('gives the last answer as text that WhatsApp shows as it is meant', async () => {
    const talk = openTalk();
    await talk.say('norma 46');
    const { reply } = await talk.say('copiar para whatsapp');
    expect(reply?.kind).toBe('command');
    const [heading, text] = reply?.blocks ?? [];
    expect(heading).toMatchObject({ text: 'Copie este texto y péguelo en WhatsApp:' });
    const words = text?.kind === 'paragraph' ? text.text : expect.fail('no text');
    expect(words).toMatch(/^\*Código de Migración \(Decreto 44-2016\), artículo 46/);
    expect(words).toContain('https://orienta.example/normas/codigo-migracion#art-46');
    expect(words).toContain('Según fuentes públicas de 2026; confirme en ventanilla.');
    // What only staff are told, and choices that only make sense in this talk.
    expect(words).not.toMatch(/Estado:|Confianza|área jurídica|otras normas/);
  });

  it('says so before any answer', async () => {
    expect(wordsOf((await openTalk().say('copiar')).reply)).toMatch(
      /^Todavía no hay una respuesta que copiar/,
    );
  });
});

describe('the public version of an answer', () => {
  const open = buildUnit({ id: 'ley/1', title: 'Abierta' });
  const secret = buildUnit({ id: 'ley/2', title: 'Interna', audience: 'staff' });
  const knowledge = buildKnowledge([buildNorm({ id: 'ley', title: 'Ley' })], [open, secret]);
  const cite = createCite(knowledge, () => 'https://orienta.example');
  const copy = createCopyForWhatsApp({ knowledge, phrases: phrases.es });
  const copied = (blocks: readonly Block[], ...units: readonly (typeof open)[]) => {
    const citations = units.map((unit) => cite(new Passage(unit, 1, [])).shown());
    return wordsOf(copy(encodeReply({ kind: 'answer', language: 'es', blocks, citations })));
  };

  it('leaves out what rests on units for staff, rows included', () => {
    const text = copied(
      [
        { kind: 'paragraph', text: 'Esto es de todos.' },
        { kind: 'paragraph', text: 'Secreto uno.', unit: 'ley/2' },
        { kind: 'paragraph', text: 'Secreto dos.', worth: 'aside' },
        { kind: 'notice', text: 'Secreto tres.', worth: 'warning' },
        {
          kind: 'table',
          columns: ['A', 'B'],
          rows: [
            ['uno', 'dos'],
            ['Secreto', 'cuatro'],
          ],
          rowUnits: ['ley/1', 'ley/2'],
        },
      ],
      open,
      secret,
    );
    expect(text).toContain('Esto es de todos.');
    expect(text).toContain('uno — B: dos');
    expect(text).not.toMatch(/Secreto|Interna/);
  });

  it('is none when the answer is about a unit for staff', () => {
    expect(copied([{ kind: 'paragraph', text: 'Secreto.' }], secret)).toMatch(/de uso interno/);
    expect(copied([{ kind: 'paragraph', text: 'Secreto.' }], secret, open)).not.toContain('Secreto');
  });

  it('keeps that a norm is no longer in force', () => {
    const text = copied(
      [
        { kind: 'notice', text: 'Atención: ya no está vigente.', worth: 'warning' },
        { kind: 'paragraph', text: 'Decía algo.' },
      ],
      open,
    );
    expect(text).toContain('ya no está vigente');
  });
});

function sheetOf(content: Uint8Array | undefined): string {
  const files = unzipSync(content ?? new Uint8Array());
  return Object.entries(files)
    .filter(([name]) => /sheet1\.xml$|sharedStrings/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('\n');
}
