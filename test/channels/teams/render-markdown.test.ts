import { describe, expect, it } from 'vitest';
import type { Block } from '#src/answering/answer.ts';
import { createCite } from '#src/answering/cite.ts';
import { renderMarkdown } from '#src/channels/teams/render-markdown.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildKnowledge, buildNorm, buildUnit, type UnitDraft } from '../../support/builders.ts';

const norm = buildNorm({ id: 'codigo-migracion', shortTitle: 'Código de Migración' });

function cite(draft: UnitDraft, baseUrl = 'https://orienta.example') {
  const unit = buildUnit(draft);
  return createCite(
    buildKnowledge([norm], [unit]),
    () => baseUrl,
  )(new Passage(unit, 0.9, ['lexical'])).shown();
}

function render(...blocks: readonly Block[]): string {
  return renderMarkdown({ blocks, citations: [] });
}

describe('a reply in Teams’ Markdown', () => {
  it('has paragraphs apart by a blank line, numbered steps and notices in italics', () => {
    const text = render(
      { kind: 'paragraph', text: 'Sí, con permiso.' },
      { kind: 'list', title: 'Haga esto:', ordered: true, items: ['Pida la constancia.', 'Pague.'] },
      { kind: 'list', ordered: false, items: ['Pasaporte'] },
      { kind: 'notice', text: 'Según fuentes públicas de 2025.' },
    );
    expect(text).toBe(
      'Sí, con permiso.\n\nHaga esto:\n\n1. Pida la constancia.\n2. Pague.\n\n- Pasaporte\n\n*Según fuentes públicas de 2025.*',
    );
  });

  it('keeps the lines of a paragraph and makes one line of an item or a notice', () => {
    expect(
      render(
        { kind: 'paragraph', text: 'uno\ndos' },
        { kind: 'list', ordered: false, items: ['tres\ncuatro'] },
        { kind: 'notice', text: 'cinco\nseis' },
      ),
    ).toBe('uno  \ndos\n\n- tres cuatro\n\n*cinco seis*');
  });

  it.each([
    ['*Nota* y **otra**', '\\*Nota\\* y \\*\\*otra\\*\\*'],
    ['artículo [46] (bis)', 'artículo \\[46\\] (bis)'],
    ['_así_ y a_b', '\\_así\\_ y a_b'],
    ['escriba a visa_info@igm.example', 'escriba a visa_info@igm.example'],
    ['<b>5 < 6 & R&D</b> &amp;', '&lt;b>5 &lt; 6 & R&amp;D&lt;/b> &amp;amp;'],
    ['# Título', '\\# Título'],
    ['- guion', '\\- guion'],
    ['1. no es lista', '1\\. no es lista'],
    ['46.5 quetzales', '46.5 quetzales'],
    ['vea https://igm.example/a_b_c*d?x=1', 'vea https://igm.example/a_b_c*d?x=1'],
  ])('reads exactly as written: %s', (written, markdown) => {
    expect(render({ kind: 'paragraph', text: written })).toBe(markdown);
  });

  it('ends with its source as a link, with validity and review state', () => {
    const citation = cite({
      id: 'codigo-migracion/6',
      validity: { status: 'vigente', since: '2017' },
    });
    expect(renderMarkdown({ blocks: [{ kind: 'paragraph', text: 'Sí.' }], citations: [citation] })).toBe(
      `Sí.\n\nCitas: [Código de Migración, artículo 6](${citation.url}) — vigente desde 2017; según fuentes públicas`,
    );
    expect(citation.url).toMatch(/^https:\/\/orienta\.example\/.*art-6$/);
  });

  it('lists several sources, each with its own state', () => {
    const citations = [
      cite({ id: 'codigo-migracion/6', review: { state: 'texto-oficial' } }),
      cite({ id: 'codigo-migracion/7', review: { state: 'validado', by: 'Jurídico', on: '2026-01-20' } }),
    ];
    const text = renderMarkdown({ blocks: [{ kind: 'paragraph', text: 'Sí.' }], citations });
    expect(text.split('\n').slice(2)).toEqual([
      'Citas:',
      '',
      expect.stringMatching(
        /^- \[Código de Migración, artículo 6\]\(.*\) — vigente; según el texto oficial$/,
      ),
      expect.stringMatching(
        /^- \[.*artículo 7\]\(.*\) — vigente; validado por Jurídico el 20 de enero de 2026$/,
      ),
    ]);
  });

  it('keeps a source’s words and address from ending its link early', () => {
    const citation = cite(
      { id: 'codigo-migracion/visas', title: 'Visas [tipo B] (turismo)' },
      'https://orienta.example/a(b) c',
    );
    const text = renderMarkdown({ blocks: [{ kind: 'paragraph', text: 'Sí.' }], citations: [citation] });
    expect(text).toContain(
      '[Código de Migración: Visas \\[tipo B\\] (turismo)](https://orienta.example/a%28b%29%20c/',
    );
  });
});
