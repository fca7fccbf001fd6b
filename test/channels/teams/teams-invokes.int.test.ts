import { afterEach, describe, expect, it } from 'vitest';
import type { Inbound } from '#src/channels/teams/inbound.ts';
import { AppError } from '#src/errors.ts';
import { type BotSetup, startTeamsBot, type TeamsBot } from './teams-bot.ts';
import { recorded } from './teams-platform.ts';

let bot: TeamsBot;
afterEach(() => bot.close());

async function post(setup: BotSetup, over: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  bot = await startTeamsBot({ env: { TEAMS_DEV_ROLE: 'editor' }, ...setup });
  return bot.platform.post(recorded('personal-message', { serviceUrl: bot.platform.serviceUrl, ...over }));
}

describe('an invoke', () => {
  const invoke = { type: 'invoke', name: 'task/fetch', value: { data: { verb: 'más' } } };

  it('is answered in the response by the first who knows it, who is told who asks', async () => {
    const asked: Inbound[] = [];
    const response = await post(
      {
        invokes: [
          async () => undefined,
          async (inbound) => {
            asked.push(inbound);
            return { status: 200, body: { statusCode: 200, type: 'x' } };
          },
          async () => ({ status: 418 }),
        ],
      },
      invoke,
    );
    expect([response.status, await response.json()]).toEqual([200, { statusCode: 200, type: 'x' }]);
    expect(asked).toMatchObject([
      {
        asker: { audience: 'staff', role: 'editor' },
        activity: { name: 'task/fetch', value: invoke.value },
        reference: { serviceUrl: bot.platform.serviceUrl },
      },
    ]);
    expect(bot.received).toEqual([]);
  });

  it('is answered each time it comes', async () => {
    let count = 0;
    await post({ invokes: [async () => ({ status: 200, body: { count: ++count } })] }, invoke);
    const again = recorded('personal-message', { serviceUrl: bot.platform.serviceUrl, ...invoke });
    expect(await (await bot.platform.post(again)).json()).toEqual({ count: 2 });
  });

  it('that nobody knows gets "not implemented"', async () => {
    const unheard = { ...invoke, name: 'task/fetch' };
    expect((await post({ invokes: [async () => undefined] }, unheard)).status).toBe(501);
  });

  it('that fails is a 500 without a word of why, and the log has its case', async () => {
    const invokes = [
      async () => {
        throw new AppError('INDEX_UNAVAILABLE', 'no index for ¿Qué es una visa?');
      },
    ];
    const response = await post({ invokes }, invoke);
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(bot.warnings()).toEqual([
      expect.objectContaining({ type: 'invoke', code: 'INDEX_UNAVAILABLE', case: expect.any(String) }),
    ]);
    expect(bot.book.text()).not.toContain('visa');
  });

  it('that may work later is one the platform is told so', async () => {
    const invokes = [
      async () => {
        throw new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
      },
    ];
    expect((await post({ invokes }, invoke)).status).toBe(503);
  });
});

describe('a message that somebody else takes', () => {
  it('starts no turn and gets no reply', async () => {
    const response = await post({ asides: [async () => false, async () => true] });
    expect(response.status).toBe(200);
    await bot.channel.stop();
    expect([bot.received, bot.platform.written]).toEqual([[], []]);
  });

  it('is a question when nobody takes it', async () => {
    await post({ asides: [async () => false] });
    expect(bot.received).toHaveLength(1);
  });
});
