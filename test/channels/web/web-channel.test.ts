import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConversationId, InboundMessage, Reply } from '#src/channels/channel.ts';
import { createWebChannel } from '#src/channels/web/web-channel.ts';

const now = () => new Date('2026-11-22T12:00:00Z');
const says = (text: string): Reply => ({
  kind: 'answer',
  language: 'es',
  blocks: [{ kind: 'paragraph', text }],
  citations: [],
  retrieved: [],
});

/** A channel whose messages wait in `received` until the test answers them. */
async function open(deadlineMs = 1_000) {
  const received: InboundMessage[] = [];
  const channel = createWebChannel({ now, deadlineMs });
  await channel.start(async (message) => void received.push(message));
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
    const asked = channel.ask('s1', 'hola');
    expect(nth(0)).toMatchObject({ channel: 'web', conversation: 'web:s1', audience: 'public', text: 'hola', receivedAt: now() });
    await channel.send(nth(0).conversation, says('buenas'));
    await expect(asked).resolves.toEqual(says('buenas'));
  });

  it('two questions of one session are handed in one after another', async () => {
    const { channel, received, nth } = await open();
    const first = channel.ask('s1', 'uno');
    const second = channel.ask('s1', 'dos');
    expect(received.map(({ text }) => text)).toEqual(['uno']);
    await channel.send(nth(0).conversation, says('a uno'));
    await channel.send(nth(1).conversation, says('a dos'));
    await expect(Promise.all([first, second])).resolves.toEqual([says('a uno'), says('a dos')]);
  });

  it('questions of two sessions do not wait for each other', async () => {
    const { channel, nth } = await open();
    const first = channel.ask('s1', 'uno');
    const second = channel.ask('s2', 'dos');
    await channel.send(nth(1).conversation, says('a dos'));
    await expect(second).resolves.toEqual(says('a dos'));
    await channel.send(nth(0).conversation, says('a uno'));
    await expect(first).resolves.toEqual(says('a uno'));
  });

  it('a reply that never comes ends in a retryable refusal, and the next question of the session goes on', async () => {
    vi.useFakeTimers();
    const { channel, nth } = await open();
    const first = expect(channel.ask('s1', 'uno')).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE', retryable: true });
    await vi.advanceTimersByTimeAsync(900);
    const second = channel.ask('s1', 'dos');
    await vi.advanceTimersByTimeAsync(100);
    await first;
    await channel.send(nth(1).conversation, says('a dos'));
    await expect(second).resolves.toEqual(says('a dos'));
  });

  it('a reply that comes too late is refused and never given to the question after it', async () => {
    vi.useFakeTimers();
    const { channel, nth } = await open();
    const first = expect(channel.ask('s1', 'uno')).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    const second = channel.ask('s1', 'dos');
    const late = { ...says('a uno'), inReplyTo: nth(0).id };
    await expect(channel.send(nth(0).conversation, late)).rejects.toMatchObject({ code: 'UNREACHABLE_PERSON' });
    await channel.send(nth(1).conversation, { ...says('a dos'), inReplyTo: nth(1).id });
    await expect(second).resolves.toMatchObject(says('a dos'));
  });

  it('a turn that fails refuses its question at once and lets the next one in', async () => {
    const channel = createWebChannel({ now, deadlineMs: 60_000 });
    await channel.start(async (message) => {
      if (message.text === 'uno') throw new Error('broken');
      await channel.send(message.conversation, says('a dos'));
    });
    const first = channel.ask('s1', 'uno');
    const second = channel.ask('s1', 'dos');
    await expect(first).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
    await expect(second).resolves.toEqual(says('a dos'));
  });

  it('a reply to a conversation where nobody waits is refused for good', async () => {
    const { channel } = await open();
    const sent = channel.send('web:nobody' as ConversationId, says('¿hay alguien?'));
    await expect(sent).rejects.toMatchObject({ code: 'UNREACHABLE_PERSON', retryable: false });
  });

  it('stopping refuses everybody who waits, twice does no harm, and nobody can ask afterwards', async () => {
    const { channel, received } = await open();
    const asked = [channel.ask('s1', 'uno'), channel.ask('s1', 'dos'), channel.ask('s2', 'tres')];
    await channel.stop();
    await channel.stop();
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(received).toHaveLength(2);
    await expect(channel.ask('s1', 'cuatro')).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
    expect(channel.status().state).toBe('off');
  });
});
