import { describe, expect, test } from 'vitest';
import { Citation } from '#src/answering/citation.ts';
import type { Reply } from '#src/channels/channel.ts';
import { waitMs } from '#src/conversation/back-off.ts';
import { createReplyCodec } from '#src/conversation/reply-codec.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildUnit } from '../support/builders.ts';

const unit = buildUnit({ id: 'codigo/6' });
const passage = new Passage(unit, 0.9, ['lexical']);
const reply: Reply = {
  inReplyTo: 'm-1',
  kind: 'answer',
  language: 'fr',
  blocks: [
    { kind: 'paragraph', text: 'Uno.' },
    { kind: 'list', title: 'Pasos', ordered: true, items: ['a', 'b'] },
    { kind: 'list', ordered: false, items: [] },
    { kind: 'notice', text: 'Ojo' },
  ],
  citations: [Citation.of(passage, 'Código, artículo 6', 'https://x.gt/normas/codigo#art-6')],
  retrieved: [passage],
};

describe('a reply in the outbox', () => {
  test('comes back as it was, without what nobody delivers', () => {
    const codec = createReplyCodec((id) => (id === unit.id ? unit : undefined));
    const back = codec.decode(codec.encode(reply));
    expect({ ...back, citations: [] }).toEqual({ ...reply, citations: [], retrieved: [] });
    expect(back.citations.map(({ unit, article, label, url }) => [unit, article, label, url])).toEqual([
      ['codigo/6', '6', 'Código, artículo 6', 'https://x.gt/normas/codigo#art-6'],
    ]);
  });

  test('keeps label and link of a citation whose unit went meanwhile', () => {
    const codec = createReplyCodec(() => undefined);
    const back = codec.decode(codec.encode(reply));
    expect(back.citations).toEqual([]);
    expect(back.blocks.at(-1)).toEqual({
      kind: 'notice',
      text: 'Código, artículo 6: https://x.gt/normas/codigo#art-6',
    });
  });
});

describe('the back-off', () => {
  test('doubles up to its longest wait and spreads over all of it', () => {
    const backOff = { firstMs: 100, longestMs: 1_000 };
    const longest = [1, 2, 3, 4, 5, 60].map((failures) => waitMs(backOff, failures, 1));
    expect(longest).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    expect([waitMs(backOff, 3, 0), waitMs(backOff, 3, 0.25)]).toEqual([0, 100]);
  });
});
