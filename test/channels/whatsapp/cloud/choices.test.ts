import { describe, expect, it } from 'vitest';
import type { Reply } from '#src/channels/channel.ts';
import { withChoices } from '#src/channels/whatsapp/cloud/choices.ts';

const TEXT = '¿Qué necesita?\n1. …';

function clarify(...items: readonly string[]): Reply {
  return {
    kind: 'clarify',
    language: 'es',
    blocks: [{ kind: 'list', ordered: true, title: '¿Qué necesita?', items }],
    citations: [],
  };
}

function answer(place?: Reply['place']): Reply {
  const list = { kind: 'list', ordered: true, items: ['Pida cita.', 'Vaya.'] } as const;
  return {
    kind: 'answer',
    language: 'es',
    blocks: [list],
    citations: [],
    ...(place === undefined ? {} : { place }),
  };
}

describe('choices to tap', () => {
  it('up to three short ones are buttons that send the number back, and the text stays whole', () => {
    expect(withChoices(clarify('Visa', 'Residencia', 'Refugio'), TEXT)).toEqual({
      type: 'button',
      body: { text: TEXT },
      action: {
        buttons: [
          { type: 'reply', reply: { id: '1', title: 'Visa' } },
          { type: 'reply', reply: { id: '2', title: 'Residencia' } },
          { type: 'reply', reply: { id: '3', title: 'Refugio' } },
        ],
      },
    });
  });

  it.each([
    ['four', ['A', 'B', 'C', 'D']],
    ['long ones', ['Quiero pedir refugio en Guatemala', 'Otra cosa']],
    ['the same twice', ['Visa', 'Visa']],
  ])('%s are a list', (_name, items) => {
    expect(withChoices(clarify(...items), TEXT)?.type).toBe('list');
  });

  it('a list numbers its rows and says what does not fit in the title below it', () => {
    const long =
      'Quiero pedir refugio en Guatemala porque me persiguen en mi país y no puedo volver nunca más';
    const found = withChoices(clarify(long, 'Trabajo'), TEXT);
    if (found?.type !== 'list') throw new Error('no list');
    const [first, second] = found.action.sections[0]?.rows ?? [];
    expect(first?.id).toBe('1');
    expect(first?.title).toBe('1. Quiero pedir refugio…');
    expect(first?.title.length).toBeLessThanOrEqual(24);
    expect(first?.description?.length).toBeLessThanOrEqual(72);
    expect(long.startsWith(first?.description?.slice(0, -1) ?? '!')).toBe(true);
    expect(second).toEqual({ id: '2', title: '2. Trabajo' });
    expect(found.action.button.length).toBeLessThanOrEqual(20);
  });

  it('a word is never cut inside a character', () => {
    const found = withChoices(clarify('😀'.repeat(40), 'b'), TEXT);
    if (found?.type !== 'list') throw new Error('no list');
    expect(found.action.sections[0]?.rows[0]?.title).toMatch(/^1\. (😀)+…$/u);
  });

  it('an answer that goes on has a button for the rest, in the words of its language', () => {
    const more = (title: string) => ({ buttons: [{ type: 'reply', reply: { id: '1', title } }] });
    expect(withChoices(answer('first'), TEXT)?.action).toEqual(more('Ver más'));
    expect(withChoices({ ...answer('middle'), language: 'ht' }, TEXT)?.action).toEqual(more('Wè plis'));
  });

  it.each([
    ['an answer with steps', answer(), TEXT],
    ['the last part of an answer', answer('last'), TEXT],
    ['eleven choices', clarify(...'abcdefghijk'), TEXT],
    ['a text of more than 1,024 characters', clarify('a', 'b'), 'x'.repeat(1_025)],
    ['a question without choices', { ...clarify('a'), blocks: [] }, TEXT],
    [
      'two lists, whose numbers would mean two things',
      { ...clarify('a'), blocks: [...clarify('a').blocks, ...clarify('b').blocks] },
      TEXT,
    ],
  ])('%s stays text', (_name, reply, text) => {
    expect(withChoices(reply, text)).toBeUndefined();
  });
});
