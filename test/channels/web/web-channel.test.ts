import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Accepted, ConversationId, InboundMessage, Reply } from '#src/channels/channel.ts';
import { createSessions } from '#src/channels/web/session.ts';
import { createWebChannel, type WebChannelParts } from '#src/channels/web/web-channel.ts';
import { AppError } from '#src/errors.ts';

const now = () => new Date('2026-11-22T12:00:00Z');
const sessions = createSessions(new Uint8Array(32).fill(7));
const [ANA, BETO] = [sessions.issue(), sessions.issue()];
const says = (text: string): Reply => ({
  kind: 'answer',
  language: 'es',
  blocks: [{ kind: 'paragraph', text }],
  citations: [],
});
const noReply = async (): Promise<undefined> => undefined;

/** A channel whose messages wait in `received` until the test answers them; the n-th is kept as `turn-n`. */
async function open(parts: Partial<WebChannelParts> = {}) {
  const received: InboundMessage[] = [];
  const channel = createWebChannel({ now, deadlineMs: 1_000, findReply: noReply, pollMs: 10, ...parts });
  await channel.start(async (message): Promise<Accepted> => ({ id: `turn-${received.push(message)}` }));
  const nth = (index: number): InboundMessage => {
    const message = received[index];
    if (message === undefined) throw new Error(`message ${index} was not received`);
    return message;
  };
  return { channel, received, nth };
}

afterEach(() => void vi.useRealTimers());

describe('web channel', () => {
  it('a question becomes a public message of its session, and its reply comes back', async () => {
    const { channel, nth } = await open();
    const asked = channel.ask(ANA, 'hola');
    expect(nth(0)).toMatchObject({
      channel: 'web',
      conversation: `web:${ANA}`,
      audience: 'public',
      text: 'hola',
      receivedAt: now(),
    });
    await channel.send(nth(0).conversation, says('buenas'));
    await expect(asked).resolves.toEqual(says('buenas'));
  });

  it('two questions of one session each get the reply to their own message, in whatever order', async () => {
    const { channel, nth } = await open();
    const first = channel.ask(ANA, 'uno');
    const second = channel.ask(ANA, 'dos');
    await channel.send(nth(1).conversation, { ...says('a dos'), inReplyTo: nth(1).id });
    await expect(second).resolves.toMatchObject(says('a dos'));
    await channel.send(nth(0).conversation, { ...says('a uno'), inReplyTo: nth(0).id });
    await expect(first).resolves.toMatchObject(says('a uno'));
  });

  it('a reply that names no message goes to the question that has waited longest', async () => {
    const { channel, nth } = await open();
    const first = channel.ask(ANA, 'uno');
    const second = channel.ask(ANA, 'dos');
    await channel.send(nth(0).conversation, says('a uno'));
    await channel.send(nth(1).conversation, says('a dos'));
    await expect(Promise.all([first, second])).resolves.toEqual([says('a uno'), says('a dos')]);
  });

  it('questions of two sessions do not wait for each other', async () => {
    const { channel, nth } = await open();
    const first = channel.ask(ANA, 'uno');
    const second = channel.ask(BETO, 'dos');
    await channel.send(nth(1).conversation, says('a dos'));
    await expect(second).resolves.toEqual(says('a dos'));
    await channel.send(nth(0).conversation, says('a uno'));
    await expect(first).resolves.toEqual(says('a uno'));
  });

  it('a reply that another process delivered is found where it is kept, by the id of its message', async () => {
    const kept = new Map<string, Reply>();
    const { channel } = await open({ deadlineMs: 60_000, findReply: async (id) => kept.get(id) });
    const first = channel.ask(ANA, 'uno');
    const second = channel.ask(ANA, 'dos');
    kept.set('turn-2', says('a dos'));
    await expect(second).resolves.toEqual(says('a dos'));
    kept.set('turn-1', says('a uno'));
    await expect(first).resolves.toEqual(says('a uno'));
  });

  it('a kept reply that cannot be looked up for a while is found afterwards', async () => {
    let tries = 0;
    const findReply = async (): Promise<Reply> => {
      tries += 1;
      if (tries === 1) throw new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
      return says('a uno');
    };
    const { channel } = await open({ deadlineMs: 60_000, findReply });
    await expect(channel.ask(ANA, 'uno')).resolves.toEqual(says('a uno'));
  });

  it('a reply that never comes ends in a retryable refusal, and the next question of the session goes on', async () => {
    vi.useFakeTimers();
    const { channel, nth } = await open();
    const first = expect(channel.ask(ANA, 'uno')).rejects.toMatchObject({
      code: 'CHANNEL_UNAVAILABLE',
      retryable: true,
    });
    await vi.advanceTimersByTimeAsync(900);
    const second = channel.ask(ANA, 'dos');
    await vi.advanceTimersByTimeAsync(100);
    await first;
    await channel.send(nth(1).conversation, says('a dos'));
    await expect(second).resolves.toEqual(says('a dos'));
  });

  it('a reply that comes too late is taken, and never given to the question after it', async () => {
    vi.useFakeTimers();
    const { channel, nth } = await open();
    const first = expect(channel.ask(ANA, 'uno')).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    const second = channel.ask(ANA, 'dos');
    const late = { ...says('a uno'), inReplyTo: nth(0).id };
    await expect(channel.send(nth(0).conversation, late)).resolves.toHaveLength(1);
    await channel.send(nth(1).conversation, { ...says('a dos'), inReplyTo: nth(1).id });
    await expect(second).resolves.toMatchObject(says('a dos'));
  });

  it('a question that cannot be kept is refused with the reason, and the next one goes on', async () => {
    const away = new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
    const channel = createWebChannel({ now, deadlineMs: 60_000, findReply: noReply });
    await channel.start(async (message) => {
      if (message.text === 'uno') throw away;
      await channel.send(message.conversation, { ...says('a dos'), inReplyTo: message.id });
      return { id: 'turn-2' };
    });
    const first = channel.ask(ANA, 'uno');
    const second = channel.ask(ANA, 'dos');
    await expect(first).rejects.toBe(away);
    await expect(second).resolves.toMatchObject(says('a dos'));
  });

  it('a reply to something that is no session is refused for good', async () => {
    const { channel } = await open();
    const sent = channel.send('web:nobody' as ConversationId, says('¿hay alguien?'));
    await expect(sent).rejects.toMatchObject({ code: 'UNREACHABLE_PERSON', retryable: false });
  });

  it('stopping refuses everybody who waits, twice does no harm, and nobody can ask afterwards', async () => {
    const { channel, received } = await open();
    const asked = [channel.ask(ANA, 'uno'), channel.ask(ANA, 'dos'), channel.ask(BETO, 'tres')];
    await channel.stop();
    await channel.stop();
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(received).toHaveLength(3);
    await expect(channel.ask(ANA, 'cuatro')).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
    expect(channel.status().state).toBe('off');
  });
});
