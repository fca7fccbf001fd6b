import { describe, expect, it } from 'vitest';
import { createCite } from '#src/answering/cite.ts';
import type { Reply } from '#src/channels/channel.ts';
import { renderPlain } from '#src/channels/render-plain.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const knowledge = buildKnowledge([buildNorm({ id: 'ley', title: 'Ley' })], []);
const cite = createCite(knowledge, () => 'https://orienta.example');
const unit = buildUnit({ id: 'ley/6', validity: { status: 'vigente', since: '2025-10-08' } });
const reply: Reply = {
  kind: 'answer',
  language: 'es',
  blocks: [
    { kind: 'paragraph', text: 'Sí puede.' },
    { kind: 'list', title: 'Pasos:', ordered: true, items: ['Uno.', 'Dos.'] },
    { kind: 'list', ordered: false, items: ['Tres.'] },
    { kind: 'notice', text: 'Confirme.' },
  ],
  citations: [cite(new Passage(unit, 1, [])).shown()],
};

describe('renderPlain', () => {
  it('puts blocks apart by a blank line and the sources last', () => {
    expect(renderPlain(reply, { links: true })).toBe(
      'Sí puede.\n\nPasos:\n1. Uno.\n2. Dos.\n\n• Tres.\n\nConfirme.\n\n' +
        'Lo dice:\n• Ley, artículo 6 (vigente desde el 8 de octubre de 2025): https://orienta.example/normas/ley#art-6',
    );
  });

  it('heads the sources in the language of the reply', () => {
    expect(renderPlain({ ...reply, language: 'fr' }, { links: false })).toContain('Source :\n• Ley');
  });

  it('leaves addresses out where links do not open', () => {
    expect(renderPlain(reply, { links: false })).not.toContain('https://');
  });
});
