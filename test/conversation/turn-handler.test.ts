import { describe, expect, it } from 'vitest';
import type { ConversationId, MessageForm } from '#src/channels/channel.ts';
import { createHandleMessage } from '#src/conversation/handle-message.ts';
import { createTurnHandler } from '#src/conversation/turn-handler.ts';
import type { ClaimedTurn, StoredMessage } from '#src/storage/inbox.ts';
import { phrases, turnParts, wordsOf } from './talk-harness.ts';

const parts = turnParts();
const handle = createTurnHandler(createHandleMessage(parts));
const { signal } = new AbortController();

function turnOf(messages: readonly (readonly [MessageForm, string])[], context?: string): ClaimedTurn {
  const [first, ...rest] = messages.map(
    ([form, text], index): StoredMessage => ({
      ...{ id: `i-${index}`, platformId: `p-${index}`, form, text },
      ...{ quoted: undefined, receivedAt: parts.now(), asOf: undefined },
    }),
  );
  if (first === undefined) throw new Error('a turn has a message');
  return {
    ...{ id: 'i-0', lease: 'l', channel: 'whatsapp', person: 'p', audience: 'public' },
    conversation: 'whatsapp:1' as ConversationId,
    messages: [first, ...rest],
    ...{ context, claims: 1, failures: 0 },
  };
}

describe('a turn of several fragments', () => {
  it('is one question, and its reply answers the last of them', async () => {
    const done = await handle(
      turnOf([
        ['text', 'hola'],
        ['document', ''],
        ['text', 'clases de pasaporte'],
      ]),
      signal,
    );
    expect(done.reply).toMatchObject({ kind: 'answer', inReplyTo: 'p-2' });
    expect(wordsOf(done.reply)).toContain(phrases.es.pictureBeside);
  });

  it('keeps what was written, masked, and nothing else', async () => {
    const { masked } = await handle(
      turnOf([
        ['text', 'mi pasaporte es C1234567'],
        ['voice', 'soy Ana Pérez'],
        ['picture', 'mi cédula'],
        ['location', 'gt-1'],
        ['reaction', '👍'],
        ['contact', ''],
      ]),
      signal,
    );
    expect(masked).toEqual(['mi pasaporte es [documento]', null, null, null, null, null]);
  });

  it('of a reaction alone gets nothing back, and the talk goes on', async () => {
    const before = await handle(turnOf([['text', 'clases de pasaporte']]), signal);
    const done = await handle(turnOf([['reaction', '❤️']], before.context), signal);
    expect(done).toMatchObject({ reply: undefined, masked: [null], context: before.context });
    expect(done.after).toBeUndefined();
  });
});

describe('what follows a turn', () => {
  it('is the notice, once a conversation', async () => {
    const { after } = await handle(turnOf([['text', 'clases de pasaporte']]), signal);
    expect(after).toMatchObject([
      { kind: 'notice', onceKey: 'notice whatsapp:1', reply: { language: 'es' } },
    ]);
  });

  it('is nothing when the person wants to be left alone', async () => {
    const done = await handle(turnOf([['text', 'baja']]), signal);
    expect(done).toMatchObject({ stop: 'stop' });
    expect(done.after).toBeUndefined();
  });
});
