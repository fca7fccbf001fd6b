import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { reply } from '../../contract/channel-contract.ts';
import { type BotSetup, startTeamsBot, type TeamsBot } from './teams-bot.ts';
import { recorded } from './teams-platform.ts';

let bot: TeamsBot;
afterEach(() => bot.close());

/** Somebody writes. @returns where to answer */
async function meet(setup: BotSetup = {}): Promise<ConversationId> {
  bot = await startTeamsBot(setup);
  await bot.platform.post(recorded('personal-message', { serviceUrl: bot.platform.serviceUrl }));
  const [message] = bot.received;
  if (message === undefined) throw new Error('nothing was handed in');
  return message.conversation;
}
const messages = () => bot.platform.messagesTo(recorded('personal-message').conversation.id);
const signs = () => bot.platform.written.filter(({ type }) => type === 'typing').length;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a platform that is busy', () => {
  it.each([429, 503, 412])('with %d is asked once, and again when it said', async (status) => {
    const to = await meet();
    bot.platform.refuseWith({ status, headers: { 'Retry-After': '3' } });
    await expect(bot.channel.send(to, reply('Hola'))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 3_000,
    });
    expect(bot.platform.tries()).toBe(1);
  });

  it.each([500, 502, 504])('with %d is asked once, and the failure may be retried', async (status) => {
    const to = await meet();
    bot.platform.refuseWith({ status, body: 'oops' });
    await expect(bot.channel.send(to, reply('Hola'))).rejects.toMatchObject({
      code: 'CHANNEL_UNAVAILABLE',
      retryable: true,
    });
    expect(bot.platform.tries()).toBe(1);
  });

  it('does not get the token passed on to another address', async () => {
    const to = await meet();
    bot.platform.refuseWith({ status: 307, headers: { Location: `${bot.platform.serviceUrl}elsewhere` } });
    await expect(bot.channel.send(to, reply('Hola'))).rejects.toMatchObject({ retryable: true });
    expect(bot.platform.tries()).toBe(1);
  });
});

describe('a platform that does not know the bot', () => {
  it('is told to operators once, and in the status until something is taken', async () => {
    const to = await meet();
    bot.platform.refuseWith({ status: 401 });
    for (const words of ['Hola', 'Otra vez']) {
      await expect(bot.channel.send(to, reply(words))).rejects.toMatchObject({ retryable: true });
    }
    expect(bot.warnings().filter(({ level }) => level === 50)).toEqual([
      expect.objectContaining({ msg: expect.stringContaining('credentials') }),
    ]);
    expect(bot.channel.status()).toEqual({
      state: 'ready',
      reason: expect.stringContaining('MicrosoftAppPassword'),
    });
    bot.platform.refuseWith(undefined);
    await bot.channel.send(to, reply('Ahora sí'));
    expect(bot.channel.status()).toEqual({ state: 'ready' });
  });
});

describe('a delivery that takes too long', () => {
  it('is cut off, and does not arrive later', async () => {
    const to = await meet({ sendMs: 150 });
    bot.platform.delay({ message: 400 });
    await expect(bot.channel.send(to, reply('Hola'))).rejects.toMatchObject({
      code: 'CHANNEL_UNAVAILABLE',
      retryable: true,
    });
    await wait(600);
    expect([messages(), bot.platform.tries()]).toEqual([[], 1]);
  });

  it('is cut off when its caller gives up', async () => {
    const to = await meet();
    bot.platform.delay({ message: 400 });
    const caller = new AbortController();
    const sending = bot.channel.send(to, reply('Hola'), { signal: caller.signal });
    await vi.waitFor(() => expect(bot.platform.tries()).toBe(1));
    caller.abort();
    await expect(sending).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
    await wait(600);
    expect(messages()).toEqual([]);
  });
});

describe('the sign that an answer is coming', () => {
  it('stops when the message turns out to be one that gets no reply', async () => {
    bot = await startTeamsBot({ receive: async () => ({ id: 'the-first', silent: true }) });
    bot.platform.delay({ typing: 50 });
    await bot.platform.post(recorded('personal-message', { serviceUrl: bot.platform.serviceUrl }));
    await wait(3_500);
    expect(signs()).toBe(1);
  });

  it('is shown again while the answer takes its time, and no more once it has left', async () => {
    const to = await meet();
    await vi.waitFor(() => expect(signs()).toBe(2), { timeout: 6_000 });
    await bot.channel.send(to, reply('Dice esto.'));
    const shown = signs();
    await wait(3_500);
    expect(signs()).toBe(shown);
    expect(bot.platform.written.at(-1)?.type).toBe('message');
  });

  it('ends when the answer could not be delivered', async () => {
    const to = await meet();
    bot.platform.refuseWith({ status: 500 });
    await expect(bot.channel.send(to, reply('Dice esto.'))).rejects.toBeDefined();
    bot.platform.refuseWith(undefined);
    const shown = signs();
    await wait(3_500);
    expect(signs()).toBe(shown);
  });
});

describe('a conversation that Teams says is gone', () => {
  const gone = (code: string) => ({ status: 403, body: JSON.stringify({ error: { code } }) });

  it('noticed by a typing sign is not tried with the answer', async () => {
    bot = await startTeamsBot();
    bot.platform.refuseWith(gone('BotDisabledByAdmin'));
    await bot.platform.post(recorded('personal-message', { serviceUrl: bot.platform.serviceUrl }));
    const to = bot.received[0]?.conversation ?? ('' as ConversationId);
    await vi.waitFor(() => expect(bot.book.text()).toContain('takes nothing more'));
    await expect(bot.channel.send(to, reply('Hola'))).rejects.toMatchObject({ code: 'UNREACHABLE_PERSON' });
    expect(bot.platform.tries()).toBe(0);
  });

  it('is tried again at once when they were heard from while the refusal was on its way', async () => {
    const to = await meet();
    bot.platform.delay({ message: 100 });
    bot.platform.refuseWith(gone('MessageWritesBlocked'));
    const sending = bot.channel.send(to, reply('Hola')).catch((error: unknown) => error);
    await vi.waitFor(() => expect(bot.platform.tries()).toBe(1));
    const again = recorded('personal-message', {
      serviceUrl: bot.platform.serviceUrl,
      type: 'messageReaction',
      id: 'they-are-there',
    });
    await bot.platform.post(again);
    expect(await sending).toMatchObject({ code: 'UNREACHABLE_PERSON' });
    bot.platform.refuseWith(undefined);
    await bot.channel.send(to, reply('¿Sigue ahí?'));
    expect(messages()).toEqual(['¿Sigue ahí?']);
  });

  it('without a reason that Teams is known to give is tried again the next time', async () => {
    const to = await meet();
    bot.platform.refuseWith({ status: 403, body: '<html>proxy</html>' });
    await expect(bot.channel.send(to, reply('Hola'))).rejects.toMatchObject({ code: 'UNREACHABLE_PERSON' });
    bot.platform.refuseWith(undefined);
    await bot.channel.send(to, reply('Hola'));
    expect(messages()).toEqual(['Hola']);
  });
});
