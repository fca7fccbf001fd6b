import { describe, expect, it } from 'vitest';
import type { Reply } from '#src/channels/channel.ts';
import { decodeReply, encodeReply } from '#src/conversation/reply-codec.ts';
import { quietTurn } from '#src/conversation/turn.ts';
import { withWording } from '#src/conversation/with-wording.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const article = buildUnit({
  id: 'codigo-migracion/6',
  claims: [
    buildClaim('a', 'Puede trabajar.', { sources: ['https://www.igm.gob.gt/x', 'igm.gob.gt/y'] }),
    buildClaim('b', 'El permiso dura un año.', { conflict: true }),
    buildClaim('c', 'Dicen que es gratis.', { confidence: 'low', sources: ['rumor.example'] }),
  ],
});
const validity = { status: 'vigente', since: '2023' } as const;
const line = buildUnit({
  id: 'politica/e2-b',
  kind: 'policy',
  validity,
  claims: [buildClaim('a', 'Recibe a quienes vuelven.')],
});
const action = (id: string, more: Record<string, unknown>) =>
  buildUnit({ id: `politica/${id}`, kind: 'action', parent: line.id, title: id, validity, ...more });
const knowledge = buildKnowledge(
  [buildNorm({ id: 'codigo-migracion' }), buildNorm({ id: 'politica' })],
  [
    article,
    line,
    action('recibir', { responsible: 'IGM', linked: ['MSPAS'] }),
    action('alimentar', { linked: ['MIDES'] }),
    action('sin-datos', {}),
    action('interna', { responsible: 'IGM', audience: 'staff' }),
  ],
);

function unfolded(channel: 'teams' | 'whatsapp', ...units: readonly string[]): Reply | undefined {
  const citations = units.map((unit) => ({
    unit,
    norm: unit.split('/')[0] ?? '',
    article: '6',
    label: unit,
    url: 'https://orienta.example/',
    validity,
    review: { state: 'fuente-publica' as const },
  }));
  const reply: Reply = { kind: 'answer', language: 'es', blocks: [], citations };
  return withWording(quietTurn(reply, undefined), channel, { knowledge }).reply;
}

describe('what a Teams reply carries of what it cites', () => {
  it('is what may be said, with who says it, and that sources differ', () => {
    expect(unfolded('teams', article.id)?.citations[0]?.wording).toEqual({
      statements: ['Puede trabajar.', 'El permiso dura un año. Las fuentes no coinciden: confirme.'],
      sources: ['igm.gob.gt', 'fuente.example'],
    });
  });

  it('is who answers for each action of a line of the policy, and never what only staff may read', () => {
    expect(unfolded('teams', line.id)?.citations[0]).toMatchObject({
      stateWords: 'vigente desde 2023',
      actions: [
        { title: 'recibir', responsible: 'IGM', linked: ['MSPAS'] },
        { title: 'alimentar', linked: ['MIDES'] },
      ],
    });
    expect(unfolded('teams', 'politica/recibir')?.citations[0]?.actions).toEqual([
      { title: 'recibir', responsible: 'IGM', linked: ['MSPAS'] },
    ]);
  });

  it('waits whole in the outbox', () => {
    const reply = unfolded('teams', line.id, article.id, 'nada/7');
    if (reply === undefined) throw new Error('no reply');
    const whole = { ...reply, turn: 'a', asks: 'b' };
    expect(decodeReply(encodeReply(whole))).toEqual(whole);
  });

  it('is nothing on other channels', () => {
    expect(unfolded('whatsapp', article.id)?.citations[0]).not.toHaveProperty('wording');
  });
});
