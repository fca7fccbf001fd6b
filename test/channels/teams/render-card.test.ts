import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '#src/answering/answer.ts';
import type { ShownCitation } from '#src/answering/citation.ts';
import type { Reply } from '#src/channels/channel.ts';
import { UNFOLDED } from '#src/channels/teams/card-buttons.ts';
import type { AdaptiveCard } from '#src/channels/teams/card-elements.ts';
import { type CardOptions, MAX_CARD_BYTES, renderCard, summaryOf } from '#src/channels/teams/render-card.ts';
import { buttonsOf, elementsOf, faultsOf, folded, textsOf } from './card-checks.ts';

const TURN = '7b0a2a53-8f8e-4c3e-9a86-3a2b8e7d0001';
const citation: ShownCitation = {
  unit: 'codigo-migracion/6',
  norm: 'codigo-migracion',
  article: '6',
  label: 'Código de Migración, artículo 6',
  url: 'https://orienta.example/normas/codigo-migracion#art-6',
  validity: { status: 'vigente', since: '2017' },
  review: { state: 'fuente-publica' },
  stateWords: 'vigente desde 2017',
  wording: {
    statements: ['La persona extranjera puede trabajar con permiso.', 'El permiso lo da el MINTRAB.'],
    sources: ['igm.gob.gt', 'mintrabajo.gob.gt'],
  },
};
const answer: Reply = {
  kind: 'answer',
  language: 'es',
  turn: TURN,
  blocks: [
    { kind: 'paragraph', text: 'Sí, con permiso.' },
    { kind: 'list', title: 'Lleve:', ordered: true, items: ['Su pasaporte.', 'Su constancia.'] },
    { kind: 'notice', text: 'Según fuentes públicas de 2025.' },
  ],
  citations: [citation],
};

function card(reply: Reply, options: Partial<CardOptions> = {}): AdaptiveCard {
  const made = renderCard(reply, { legal: false, ...options });
  if (made === undefined) throw new Error('there is no card');
  expect(faultsOf(made)).toEqual([]);
  return made;
}

describe('the card of an answer', () => {
  it('says the answer in plain words, its list item by item, and links what it rests on with validity and review', () => {
    expect(textsOf(card(answer)).slice(0, 7)).toEqual([
      'Sí, con permiso.',
      'Lleve:',
      '1.\u00a0Su pasaporte.',
      '2.\u00a0Su constancia.',
      'Según fuentes públicas de 2025.',
      'Citas',
      '[Código de Migración, artículo 6](https://orienta.example/normas/codigo-migracion#art-6)',
    ]);
    expect(textsOf(card(answer))).toContain('Vigente desde 2017; según fuentes públicas.');
  });

  it('unfolds the words of the norm, with their sources and that they are not the official letter', () => {
    const made = card(answer);
    expect(folded(made, UNFOLDED.wording)).toEqual([
      'Código de Migración, artículo 6',
      'La persona extranjera puede trabajar con permiso.',
      'El permiso lo da el MINTRAB.',
      'No es la letra oficial, que todavía no está cargada. Según fuentes públicas: igm.gob.gt, mintrabajo.gob.gt.',
    ]);
    const toggles = elementsOf(made).flatMap((one) => (one.type === 'ActionSet' ? one.actions : []));
    expect(toggles).toContainEqual({
      type: 'Action.ToggleVisibility',
      title: 'Texto de la norma',
      targetElements: [UNFOLDED.wording],
    });
    const hidden = elementsOf(made).find((one) => one.type === 'Container' && one.id === UNFOLDED.wording);
    expect(hidden).toMatchObject({ isVisible: false });
  });

  it('calls the words of a guide so, which is no norm', () => {
    const guide = { ...citation, stateWords: undefined };
    expect(buttonsOf(card({ ...answer, citations: [guide] }))).toContain('Texto completo');
  });

  it('shows in colour that a norm is no longer in force', () => {
    const gone = { ...citation, validity: { status: 'derogado' as const }, stateWords: 'ya no está vigente' };
    const made = card({ ...answer, citations: [gone] });
    const state = elementsOf(made).find((one) => one.type === 'TextBlock' && one.text.startsWith('Ya no'));
    expect(state).toMatchObject({ color: 'attention' });
  });

  it('unfolds who answers for the actions of the policy and which institutions are linked', () => {
    const actions = [
      { title: 'Recibir a las personas retornadas', responsible: 'IGM', linked: ['MSPAS', 'MIDES'] },
      { title: 'Dar alimentos', linked: ['MIDES'] },
    ];
    const made = card({ ...answer, citations: [{ ...citation, actions }] });
    expect(buttonsOf(made)).toContain('Responsables');
    expect(folded(made, UNFOLDED.actions)).toEqual([
      'Recibir a las personas retornadas',
      'Responsable: IGM.',
      'Instituciones vinculadas: MSPAS, MIDES.',
      'Dar alimentos',
      'Instituciones vinculadas: MIDES.',
    ]);
  });

  it('has the buttons of an answer, three in a row at most, each with its occasion', () => {
    const made = card(answer, { legal: true });
    expect(buttonsOf(made)).toEqual([
      'Texto de la norma',
      'Cita',
      'Preguntar a Jurídico',
      'Copiar para WhatsApp',
      'Sí',
      'No',
      'Está mal',
    ]);
    for (const element of elementsOf(made)) {
      if (element.type !== 'ActionSet') continue;
      expect(element.actions.length).toBeLessThanOrEqual(3);
      for (const button of element.actions) {
        if (button.type === 'Action.Execute') expect(button).toMatchObject({ data: { occasion: TURN } });
      }
    }
  });

  it('offers to ask the legal unit only where there is one, and nothing to press where no turn is known', () => {
    expect(buttonsOf(card(answer))).not.toContain('Preguntar a Jurídico');
    const { turn: _, ...unknown } = answer;
    expect(buttonsOf(card(unknown, { legal: true }))).toEqual(['Texto de la norma']);
  });

  it('offers a file of an answer that has a table', () => {
    const table = { kind: 'table', columns: ['A'], rows: [['uno']] } as const;
    expect(buttonsOf(card({ ...answer, blocks: [table] }))).toContain('Exportar a Excel');
    expect(buttonsOf(card(answer))).not.toContain('Exportar a Excel');
  });

  it('shows what was pressed in the place of the buttons', () => {
    const made = card(answer, { legal: true, standing: { verdict: 'yes', legal: 'asked' } });
    expect(buttonsOf(made)).toEqual(['Texto de la norma', 'Cita', 'Copiar para WhatsApp']);
    expect(textsOf(made)).toContain('Gracias por su opinión.');
    expect(textsOf(made).join()).toContain('está con Jurídico');
  });

  it('folds a long answer behind "Más", never its warnings', () => {
    const items = Array.from({ length: 30 }, (_, index) => `Requisito ${index}: ${'palabra '.repeat(8)}`);
    const blocks: readonly Block[] = [
      { kind: 'list', ordered: true, items },
      { kind: 'notice', text: 'Atención: ya no está vigente.', worth: 'warning' },
    ];
    const made = card({ ...answer, blocks });
    expect(buttonsOf(made)[0]).toBe('Más');
    const rest = folded(made, UNFOLDED.more) ?? [];
    expect(rest.length).toBeGreaterThan(10);
    expect(rest.at(-1)).toMatch(/^30\.\u00a0Requisito 29/);
    expect(rest.join()).not.toContain('Atención');
    expect(buttonsOf(card(answer))).not.toContain('Más');
  });

  it('carries a fallback text with links and what is read aloud', () => {
    const made = card(answer);
    expect(made.fallbackText).toContain('Sí, con permiso.');
    expect(made.fallbackText).toContain(citation.url);
    expect(made.speak).toBe('Sí, con permiso.');
    expect(summaryOf({ ...answer, blocks: [{ kind: 'paragraph', text: 'a '.repeat(400) }] })).toHaveLength(
      300,
    );
  });
});

describe('what is no card', () => {
  it.each(['smalltalk', 'command', 'clarify', 'emergency', 'handoff'] as const)('%s stays text', (kind) => {
    const blocks: readonly Block[] = [{ kind: 'paragraph', text: 'Hola.' }];
    expect(renderCard({ ...answer, kind, blocks, citations: [] }, { legal: true })).toBeUndefined();
  });

  it('danger stays text whatever it cites', () => {
    expect(renderCard({ ...answer, kind: 'emergency' }, { legal: true })).toBeUndefined();
  });

  it('what is not known is one, so that it can be asked on', () => {
    const blocks: readonly Block[] = [{ kind: 'paragraph', text: 'No lo sé.' }];
    const made = card({ ...answer, kind: 'declined', blocks, citations: [] }, { legal: true });
    expect(buttonsOf(made)).toEqual(['Preguntar a Jurídico', 'Sí', 'No', 'Está mal']);
  });
});

describe('a card that would be too large', () => {
  const long = (words: number) => Array.from({ length: words }, (_, index) => `palabra${index}`).join(' ');

  it('leaves the words of the norm to their page', () => {
    const wording = { statements: [long(3_000)], sources: [] };
    const made = card({ ...answer, citations: [{ ...citation, wording }] });
    expect(buttonsOf(made)).not.toContain('Texto de la norma');
    expect(textsOf(made).join()).toContain('[Código de Migración, artículo 6]');
  });

  it('keeps those of the first citation when there is room for them', () => {
    const second = { ...citation, label: 'Otra', wording: { statements: [long(3_000)], sources: [] } };
    expect(folded(card({ ...answer, citations: [citation, second] }), UNFOLDED.wording)).toHaveLength(4);
  });

  it('is text', () => {
    const blocks: readonly Block[] = [{ kind: 'paragraph', text: long(3_000) }];
    expect(renderCard({ ...answer, blocks }, { legal: false })).toBeUndefined();
  });
});

describe('a question for the legal unit', () => {
  const question: Reply = { ...answer, kind: 'handoff', asks: TURN };

  it('has a field for the answer and its button', () => {
    const made = card(question, { legal: true });
    expect(buttonsOf(made)).toEqual(['Responder']);
    expect(elementsOf(made)).toContainEqual(
      expect.objectContaining({ type: 'Input.Text', id: 'respuesta', isRequired: true, maxLength: 2_000 }),
    );
  });

  it('has neither once it is answered', () => {
    const made = card(question, { legal: true, standing: { legal: 'answered' }, note: 'Listo.' });
    expect(buttonsOf(made)).toEqual([]);
    expect(textsOf(made).at(-1)).toBe('Listo.');
  });
});

describe('any reply', () => {
  const words = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
  const block: fc.Arbitrary<Block> = fc.oneof(
    words.map((text): Block => ({ kind: 'paragraph', text })),
    words.map((text): Block => ({ kind: 'notice', text, worth: 'warning' })),
    fc.record({
      kind: fc.constant('list' as const),
      title: words,
      ordered: fc.boolean(),
      items: fc.array(words, { maxLength: 20 }),
    }),
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.tuple(words, words),
      rows: fc.array(fc.tuple(words, words), { maxLength: 9 }),
    }),
  );
  const cited = fc.record({
    label: words,
    statements: fc.array(words, { minLength: 1, maxLength: 5 }),
    responsible: words,
  });

  it('is a card that the parser takes, of a size that Teams takes, in which everything wraps', () => {
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 8 }),
        fc.array(cited, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (blocks, sources, legal) => {
          const citations = sources.map(({ label, statements, responsible }) => ({
            ...citation,
            label,
            wording: { statements, sources: [label] },
            actions: [{ title: label, responsible, linked: [label] }],
          }));
          const made = card({ ...answer, blocks, citations }, { legal });
          expect(Buffer.byteLength(JSON.stringify(made))).toBeLessThanOrEqual(MAX_CARD_BYTES);
          for (const element of elementsOf(made)) {
            if (element.type === 'TextBlock') expect(element.wrap).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
