import { expect, it } from 'vitest';
import type { ConversationId, InboundMessage } from '#src/channels/channel.ts';
import { createReceiveLimit } from '#src/conversation/limit-receiver.ts';
import { decodeReply } from '#src/conversation/reply-codec.ts';
import { createLog } from '#src/log.ts';
import type { NewDelivery, Outbox } from '#src/storage/outbox.ts';
import { knowledge, POLICE, phrases, wordsOf } from './talk-harness.ts';

it('asks to wait, once a minute, and gives the numbers to ring in danger', async () => {
  const put: NewDelivery[] = [];
  const outbox = { put: async (delivery: NewDelivery) => put.push(delivery) > 0 } as unknown as Outbox;
  const limits = { perConversation: 1, total: 10 };
  const limited = createReceiveLimit({
    store: { outbox },
    knowledge,
    phrases,
    isUrgent: (text) => text === 'auxilio',
    log: createLog('silent'),
    limits,
  });
  const taken: string[] = [];
  const receive = limited(async ({ id }) => {
    taken.push(id);
    return { id };
  });
  const message = (id: string, text = 'hola'): InboundMessage => ({
    ...{ id, channel: 'whatsapp', audience: 'public', text },
    conversation: 'whatsapp:1' as ConversationId,
    receivedAt: new Date('2026-11-22T18:00:10Z'),
  });
  for (const id of ['a', 'b', 'c']) await receive(message(id));
  expect(taken).toEqual(['a']);
  await receive(message('d', 'auxilio'));
  expect(taken, 'danger is taken however much was written').toEqual(['a', 'd']);
  expect(new Set(put.map(({ onceKey }) => onceKey)).size).toBe(1);
  const words = wordsOf(decodeReply(put[0]?.payload ?? ''));
  expect(words).toContain(phrases.es.tooMany);
  expect(words).toContain(POLICE);
  expect(phrases.es.tooMany).not.toMatch(/\d{3}/);
});
