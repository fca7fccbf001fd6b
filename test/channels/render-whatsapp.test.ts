import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '#src/answering/answer.ts';
import type { ShownCitation } from '#src/answering/citation.ts';
import type { Reply } from '#src/channels/channel.ts';
import { LONGEST_MESSAGE, renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import { languageSchema } from '#src/knowledge/unit.ts';

const code: ShownCitation = {
  unit: 'codigo-migracion/46',
  norm: 'codigo-migracion',
  article: '46',
  label: 'Código de Migración, artículo 46',
  url: 'http://127.0.0.1:3978/normas/codigo-migracion#art-46',
  validity: { status: 'vigente', since: '1986-01-14' },
  review: { state: 'fuente-publica' },
  stateWords: 'vigente desde el 14 de enero de 1986',
};
const labelled = (label: string, more: Partial<ShownCitation> = {}): ShownCitation => ({
  ...code,
  unit: label,
  label,
  ...more,
});
const said = (text: string): Block => ({ kind: 'paragraph', text });
const reply = (blocks: readonly Block[], more: Partial<Reply> = {}): Reply => ({
  kind: 'answer',
  language: 'es',
  blocks,
  citations: [],
  ...more,
});
const textOf = (blocks: readonly Block[], more: Partial<Reply> = {}): string =>
  renderWhatsApp(reply(blocks, more)).join('\n\n');

describe('a WhatsApp message', () => {
  it('puts blocks apart, titles in bold and the source once at the end', () => {
    const blocks: readonly Block[] = [
      said('Sí puede.'),
      { kind: 'list', title: 'Pasos:', ordered: true, items: ['Uno.', 'Dos.'] },
      { kind: 'list', ordered: false, items: ['Tres.'] },
    ];
    expect(renderWhatsApp(reply(blocks, { citations: [code] }))).toEqual([
      'Sí puede.\n\n*Pasos:*\n1. Uno.\n2. Dos.\n\n• Tres.\n\nLo dice: Código de Migración, artículo 46',
    ]);
  });

  it('counts on where a list goes on', () => {
    const list: Block = { kind: 'list', ordered: true, start: 6, items: ['Seis.', 'Siete.'] };
    expect(textOf([list])).toBe('6. Seis.\n7. Siete.');
  });

  it('says a block in fewer words where it has them', () => {
    expect(textOf([{ kind: 'notice', text: 'Confirme en la ventanilla.', brief: 'Confirme.' }])).toBe(
      'Confirme.',
    );
  });

  it('makes the heading of a warning stand out', () => {
    const warning: Block = { kind: 'notice', text: 'Atención: ya no está vigente.', worth: 'warning' };
    expect(textOf([warning])).toBe('*Atención:* ya no está vigente.');
  });

  it.each([
    ['es', 'Lo dice: Ley', 'Escriba 1 para ver más.'],
    ['en', 'Source: Ley', 'Write 1 to see more.'],
    ['pt', 'Fonte: Ley', 'Escreva 1 para ver mais.'],
    ['fr', 'Source : Ley', 'Écrivez 1 pour en voir plus.'],
    ['ht', 'Sous: Ley', 'Ekri 1 pou wè plis.'],
  ] as const)('names its source and how to ask for more in %s', (language, source, more) => {
    const shown = { language, citations: [labelled('Ley')] };
    expect(textOf([said('Sí.')], { ...shown, place: 'first' })).toBe(`Sí.\n\n${source}\n\n${more}`);
    expect(textOf([said('Sí.')], { ...shown, place: 'middle' })).toContain(more);
    expect(textOf([said('Sí.')], { ...shown, place: 'last' })).toBe(`Sí.\n\n${source}`);
  });
});

describe('what a WhatsApp message says of its sources', () => {
  const sourceOf = (...citations: readonly ShownCitation[]) => textOf([], { citations });

  it('names two at most, the main one first, and none twice', () => {
    expect(sourceOf(labelled('A'), labelled('A'), labelled('B'), labelled('C'))).toBe('Lo dice: A; B');
  });

  it.each([
    ['vigente', 'Lo dice: Ley'],
    ['vigente desde el 14 de enero de 1986', 'Lo dice: Ley'],
    ['vigente, con reformas', 'Lo dice: Ley'],
    ['vigente hoy', 'Lo dice: Ley (vigente hoy)'],
    ['vigencia por confirmar', 'Lo dice: Ley (vigencia por confirmar)'],
    ['ya no está vigente desde octubre de 2016', 'Lo dice: Ley (ya no está vigente desde octubre de 2016)'],
    ['ese día todavía no existía', 'Lo dice: Ley (ese día todavía no existía)'],
  ])('tells its state only where it is not plainly in force: %s', (stateWords, line) => {
    expect(sourceOf(labelled('Ley', { stateWords }))).toBe(line);
  });

  it('tells the state in the language of the reply', () => {
    const gone = labelled('Ley', {
      validity: { status: 'derogado', until: '2016-10' },
      stateWords: 'ya no está vigente desde octubre de 2016',
    });
    expect(textOf([], { language: 'en', citations: [gone] })).toBe('Source: Ley (no longer in force)');
  });

  it('carries one address, the main source’s, and only a safe one', () => {
    const safe = labelled('A', { url: 'https://orienta.example/a' });
    expect(sourceOf(safe, labelled('B', { url: 'https://orienta.example/b' }))).toBe(
      'Lo dice: A; B\nhttps://orienta.example/a',
    );
    expect(sourceOf(code)).not.toContain('http');
  });
});

describe('signs that WhatsApp would read as markup', () => {
  it.each([
    ['Pague *hoy* mismo', 'Pague ∗hoy∗ mismo'],
    ['El nombre* es obligatorio', 'El nombre∗ es obligatorio'],
    ['dice _así_ y ~no~', 'dice ˍasíˍ y ∼no∼'],
    ['`código`', '‘código‘'],
    ['> cita', '› cita'],
    ['- punto', '– punto'],
  ])('are shown as written: %s', (text, shown) => {
    expect(textOf([said(text)])).toBe(shown);
  });

  it.each(['a_b_c@igm.gob.gt', 'https://igm.gob.gt/_a_/*b*', '2*3*4', '7:00 - 15:00'])(
    'stay where they format nothing: %s',
    (text) => {
      expect(textOf([said(text)])).toBe(text);
    },
  );

  it('never let a text close the bold of a title', () => {
    const list: Block = { kind: 'list', title: 'Uno * dos:*', ordered: false, items: ['a'] };
    expect(textOf([list])).toBe('*Uno ∗ dos:∗*\n• a');
  });
});

describe('the messages of any reply', () => {
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant('paragraph' as const), text: fc.string({ maxLength: 2_000 }) }),
    fc.record({
      kind: fc.constant('list' as const),
      title: fc.string({ maxLength: 80 }),
      ordered: fc.boolean(),
      items: fc.array(fc.string({ maxLength: 400 }), { maxLength: 12 }),
    }),
  );

  it('are never longer than a message may be, nor empty', () => {
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 8 }),
        fc.constantFrom(...languageSchema.options),
        (blocks, language) => {
          const messages = renderWhatsApp(reply(blocks, { language, citations: [code], place: 'first' }));
          for (const message of messages) {
            expect(message.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
            expect(message.trim()).not.toBe('');
          }
        },
      ),
    );
  });
});
