import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Worth } from '#src/answering/answer.ts';
import type { ShownCitation } from '#src/answering/citation.ts';
import type { Reply, ReplyKind } from '#src/channels/channel.ts';
import { LONGEST_MESSAGE, renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import { condense } from '#src/conversation/condense.ts';
import { decodeReply, encodeReply } from '#src/conversation/reply-codec.ts';

const cited = (unit: string): ShownCitation => ({
  unit,
  norm: 'ley',
  article: unit,
  label: `Ley, ${unit}`,
  url: `http://localhost/${unit}`,
  validity: { status: 'vigente' },
  review: { state: 'fuente-publica' },
});
const reply = (blocks: readonly Block[], more: Partial<Reply> = {}): Reply => ({
  kind: 'answer',
  language: 'es',
  blocks,
  citations: [cited('a')],
  ...more,
});
/** A sentence of a length that no other has in its place. */
const sentence = (name: string, length: number): string =>
  `${[name, ...Array<string>(100).fill('palabra')]
    .join(' ')
    .slice(0, length - 1)
    .trimEnd()}.`;
const paragraph = (text: string, worth?: Worth): Block => ({
  kind: 'paragraph',
  text,
  ...(worth === undefined ? {} : { worth }),
});
const made = (...statements: readonly string[]): Block => ({
  kind: 'paragraph',
  text: statements.join(' '),
  statements,
});

/** What a person reads who asks for more until there is none, a message each. */
function partsOf(whole: Reply): readonly Reply[] {
  const parts: Reply[] = [];
  for (let left: Reply | undefined = whole; left !== undefined; ) {
    const { now, rest } = condense(left);
    parts.push(now);
    // It waits in the store until it is asked for.
    left = rest && decodeReply(encodeReply(rest));
  }
  return parts;
}
const textOf = (part: Reply | undefined): string =>
  part === undefined ? '' : renderWhatsApp(part).join('\n~\n');
const textsOf = (whole: Reply): readonly string[] => partsOf(whole).map(textOf);

describe('a reply cut for a small screen', () => {
  it('stays whole when it is short', () => {
    const whole = reply([paragraph('Sí puede.'), paragraph('Confirme.', 'aside')]);
    expect(condense(whole)).toEqual({ now: whole, rest: undefined });
  });

  it('says first what fits of what answers, by whole statements, and the rest on demand', () => {
    const [first, ...others] = ['Uno', 'Dos', 'Tres', 'Cuatro'].map((name) => sentence(name, 120));
    const { now, rest } = condense(reply([made(first ?? '', ...others)]));
    expect(now.place).toBe('first');
    expect(rest?.place).toBe('last');
    expect(textOf(now)).toBe(
      `${first} ${others[0]} ${others[1]}`.slice(0, 0) +
        `${first} ${others[0]}\n\nLo dice: Ley, a\n\nEscriba 1 para ver más.`,
    );
    expect(textOf(rest)).toBe(`${others[1]} ${others[2]}\n\nLo dice: Ley, a`);
  });

  it.each([
    'Pero solo con permiso.',
    'Salvo los menores de edad.',
    'Ese permiso vence pronto.',
    'Sin ese permiso no puede salir.',
  ])('never parts a rule from what limits it: %s', (limit) => {
    const rule = sentence('Regla', 330);
    const { now } = condense(reply([made(rule, limit, sentence('Otra', 200))]));
    expect(textOf(now)).toContain(`${rule} ${limit}`);
  });

  it('puts off what stands beside the answer first, and whom to ask last', () => {
    const blocks = [
      paragraph(sentence('Respuesta', 200)),
      paragraph(sentence('Apoyo', 120), 'aside'),
      paragraph(sentence('Nota', 60), 'aside'),
      paragraph(sentence('Llame', 60), 'aside'),
    ];
    const [first, second] = textsOf(reply(blocks));
    expect(first).toContain('Respuesta');
    expect(first).toContain('Llame');
    expect(first).not.toContain('Apoyo');
    expect(second).toContain('Apoyo');
  });

  it('says what answers the question even beyond what is short', () => {
    const blocks = [
      paragraph(sentence('Pasos', 350)),
      paragraph(sentence('Costo', 120), 'lead'),
      paragraph(sentence('Consejo', 150)),
    ];
    const [first, second] = textsOf(reply(blocks));
    expect(first).toContain('Costo');
    expect(first).not.toContain('Consejo');
    expect(second).toContain('Consejo');
  });

  it('keeps warnings first, and a number to ring in danger wherever it stands', () => {
    const danger = 'En peligro, llame al 110.';
    const [first] = textsOf(
      reply([
        paragraph('Atención: ya no está vigente.', 'warning'),
        made(sentence('Uno', 250), sentence('Dos', 250), danger),
        paragraph('Falta confirmar si sigue igual.', 'warning'),
      ]),
    );
    expect(first).toContain('*Atención:* ya no está vigente.');
    expect(first).toContain(danger);
    expect(first).toContain('Falta confirmar');
  });

  it('never cuts a list to be short, and says how much of one is left that no message holds', () => {
    const items = Array.from({ length: 9 }, (_, index) => sentence(`Papel ${index + 1}`, 150));
    const list: Block = { kind: 'list', title: 'Necesita:', ordered: false, items };
    const four = reply([{ ...list, items: items.slice(0, 4) }]);
    expect(textsOf(four)).toHaveLength(1);
    const [first, second] = textsOf(reply([list]));
    expect(first).toMatch(/^\*Necesita \(1 a 5 de 9\):\*\n• Papel 1/);
    expect(first?.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
    expect(second).toMatch(/^\*Necesita \(6 a 9 de 9\):\*\n• Papel 6/);
  });

  it('gives the steps that were held back, and their numbers go on', () => {
    const steps: readonly Block[] = [
      { kind: 'list', title: 'Pasos:', ordered: true, items: [sentence('Uno', 280), sentence('Dos', 280)] },
      {
        kind: 'paragraph',
        text: 'Hay más pasos en la guía.',
        later: { kind: 'list', ordered: true, items: ['Tres.', 'Cuatro.'] },
      },
    ];
    const [first, second] = textsOf(reply(steps));
    expect(first).toMatch(/^\*Pasos \(1 a 2 de 4\):\*\n1\. Uno/);
    expect(first).not.toContain('Hay más pasos');
    expect(second).toMatch(/^\*Pasos \(3 a 4 de 4\):\*\n3\. Tres\.\n4\. Cuatro\./);
    const short = reply([
      { kind: 'list', title: 'Pasos:', ordered: true, items: ['Uno.', 'Dos.'] },
      ...steps.slice(1),
    ]);
    expect(textsOf(short)).toEqual(['*Pasos:*\n1. Uno.\n2. Dos.\n3. Tres.\n4. Cuatro.\n\nLo dice: Ley, a']);
  });

  it('cites in each part what its words rest on', () => {
    const beside: Block = { ...paragraph(sentence('Apoyo', 300), 'aside'), unit: 'b' };
    const whole = reply([paragraph(sentence('Respuesta', 300)), beside], {
      citations: [cited('a'), cited('b')],
    });
    expect(partsOf(whole).map(({ citations }) => citations.map(({ unit }) => unit))).toEqual([['a'], ['b']]);
  });

  it('cuts a paragraph that no message holds between sentences, never within a name', () => {
    const text = `${sentence('Uno', 700)} Está en la 6a. Avenida de EE. UU. Ahí atienden. ${sentence('Fin', 300)}`;
    const [first, second] = textsOf(reply([paragraph(text)]));
    expect(`${first} ${second}`).toMatch(/6a\. Avenida de EE\. UU\. Ahí atienden\./);
  });

  it('leaves whole what asks for a number or is about danger', () => {
    const kinds: readonly ReplyKind[] = ['clarify', 'emergency', 'command', 'smalltalk'];
    for (const kind of kinds) {
      const whole = reply([paragraph(sentence('Uno', 300)), paragraph(sentence('Dos', 300), 'aside')], {
        kind,
      });
      expect(condense(whole)).toEqual({ now: whole, rest: undefined });
    }
  });

  it('keeps for the rest neither whom it answers nor how it is to be heard', () => {
    const whole = reply([paragraph(sentence('Uno', 350)), paragraph(sentence('Dos', 300))], {
      inReplyTo: 'm-1',
      spoken: { recording: 'r' },
    });
    const { now, rest } = condense(whole);
    expect(now).toMatchObject({ inReplyTo: 'm-1', spoken: { recording: 'r' } });
    expect(rest).toBeDefined();
    expect(Object.keys(rest ?? {})).not.toContain('inReplyTo');
    expect(Object.keys(rest ?? {})).not.toContain('spoken');
  });
});

describe('the parts of any reply', () => {
  const sized = fc.integer({ min: 20, max: 240 });
  const worth = fc.constantFrom<Worth | undefined>(undefined, undefined, 'lead', 'aside');
  const shape = fc.oneof(
    fc.record({
      kind: fc.constant('statements' as const),
      sizes: fc.array(sized, { minLength: 1, maxLength: 6 }),
      worth,
    }),
    fc.record({
      kind: fc.constant('sentences' as const),
      sizes: fc.array(sized, { minLength: 1, maxLength: 6 }),
      worth,
    }),
    fc.record({
      kind: fc.constant('list' as const),
      sizes: fc.array(sized, { minLength: 1, maxLength: 12 }),
      worth,
    }),
  );
  type Shape = typeof shape extends fc.Arbitrary<infer Value> ? Value : never;

  /** Blocks of sentences that each occur once, so that none can be lost or doubled unseen. */
  function build(shapes: readonly Shape[]): {
    readonly blocks: readonly Block[];
    readonly words: readonly string[];
  } {
    const words: string[] = [];
    const blocks = shapes.map(({ kind, sizes, worth: weight }, place): Block => {
      const texts = sizes.map((size, index) =>
        sentence(`Bloque ${place} frase ${index}:`, Math.max(30, size)),
      );
      words.push(...texts);
      const common = {
        ...(weight === undefined ? {} : { worth: weight }),
        unit: place % 2 === 0 ? 'a' : 'b',
      };
      if (kind === 'list') return { kind, ordered: true, title: `Lista ${place}:`, items: texts, ...common };
      const block = { kind: 'paragraph', text: texts.join(' '), ...common } as const;
      return kind === 'statements' ? { ...block, statements: texts } : block;
    });
    return { blocks, words };
  }

  it('fit a message each, lose nothing, tear nothing and end', () => {
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1, maxLength: 7 }),
        fc.constantFrom<ReplyKind>('answer', 'declined', 'handoff'),
        (shapes, kind) => {
          const { blocks, words } = build(shapes);
          const whole = reply(blocks, { kind, citations: [cited('a'), cited('b')] });
          const parts = partsOf(whole);
          const messages = parts.flatMap((part) => renderWhatsApp(part));
          expect(messages).toHaveLength(parts.length);
          for (const message of messages) expect(message.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
          for (const part of parts) expect(part.citations.length).toBeGreaterThan(0);
          for (const word of words)
            expect(messages.filter((message) => message.includes(word))).toHaveLength(1);
          expect(parts.map(({ place }) => place)).toEqual(
            parts.length === 1 ? [undefined] : ['first', ...parts.slice(2).map(() => 'middle'), 'last'],
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are cut where a sentence may end when none ends for sure', () => {
    const texts = Array.from({ length: 5 }, () => `Palabra ${'palabra '.repeat(20)}pa.`);
    const blocks = [paragraph('Aparte.', 'aside'), paragraph(texts.join(' '))];
    const parts = partsOf(reply(blocks, { citations: [cited('a'), cited('b')] }));
    for (const part of parts) expect(renderWhatsApp(part)).toHaveLength(1);
  });

  it('say the warnings first, whatever else there is', () => {
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 5 }), fc.nat(5), (shapes, place) => {
        const { blocks } = build(shapes);
        const warning = paragraph('Cuidado con esto: la norma ya no rige.', 'warning');
        const [first] = textsOf(reply(blocks.toSpliced(place, 0, warning)));
        expect(first).toContain('la norma ya no rige.');
      }),
    );
  });
});
