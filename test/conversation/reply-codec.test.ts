import { describe, expect, it } from 'vitest';
import { createCite } from '#src/answering/cite.ts';
import type { Reply } from '#src/channels/channel.ts';
import { decodeReply, encodeReply } from '#src/conversation/reply-codec.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const unit = buildUnit({
  id: 'ley/6',
  validity: { status: 'derogado', until: '2016-10', replacedBy: ['otra'] },
});
const cite = createCite(buildKnowledge([buildNorm({ id: 'ley' })], [unit]), () => 'https://orienta.example');
const reply: Reply = {
  inReplyTo: 'm-1',
  kind: 'answer',
  language: 'fr',
  blocks: [
    { kind: 'paragraph', text: 'Uno.', lang: 'es' },
    { kind: 'list', title: 'Pasos', ordered: true, items: ['a', 'b'] },
    { kind: 'list', ordered: false, items: [], lang: 'es' },
    { kind: 'notice', text: 'Ojo', brief: 'O', worth: 'warning', lang: 'fr' },
    {
      kind: 'paragraph',
      text: 'Dos. Tres.',
      brief: 'Dos.',
      statements: ['Dos.', 'Tres.'],
      later: { kind: 'list', ordered: true, start: 6, items: ['Seis.'] },
      worth: 'aside',
      unit: 'ley/6',
    },
  ],
  place: 'first',
  citations: [cite(new Passage(unit, 0.9, ['lexical'])).shown()],
};

describe('a reply in the outbox', () => {
  it('comes back as it was', () => {
    expect(decodeReply(encodeReply(reply))).toEqual(reply);
  });

  it('is refused when it is of another shape', () => {
    expect(() => decodeReply('{"kind":"answer"}')).toThrow();
  });
});
