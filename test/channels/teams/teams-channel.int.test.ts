import { afterEach, describe, expect, it } from 'vitest';
import type { Accepted, InboundMessage } from '#src/channels/channel.ts';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { checkForServing, loadConfig } from '#src/config.ts';
import { AppError } from '#src/errors.ts';
import { reply } from '../../contract/channel-contract.ts';
import type { LogBook } from './log-book.ts';
import { type BotSetup, startTeamsBot, type TeamsBot } from './teams-bot.ts';
import { recorded } from './teams-platform.ts';

const open: TeamsBot[] = [];
let received: readonly InboundMessage[] = [];
let book: LogBook;
let clock = new Date('2026-03-02T15:00:00Z');

async function start(setup: BotSetup = {}): Promise<TeamsBot> {
  const bot = await startTeamsBot({ now: () => clock, ...setup });
  ({ received, book } = bot);
  open.push(bot);
  return bot;
}

const warnings = () => book.lines().filter(({ level }) => Number(level) >= 40);

afterEach(async () => {
  clock = new Date('2026-03-02T15:00:00Z');
  for (const bot of open.splice(0)) await bot.close();
});

describe('a message that its writer deletes', () => {
  it('is forgotten by its id, and nothing is said', async () => {
    const forgotten: string[] = [];
    const { platform } = await start({ forget: async (id) => forgotten.push(id) });
    const message = recorded('personal-message');
    await platform.post(message);
    const response = await platform.post({ ...message, type: 'messageDelete', text: '' });
    expect(response.status).toBe(200);
    expect(forgotten).toEqual(received.map(({ id }) => id));
    expect(received).toHaveLength(1);
  });
});

describe('a message from the Playground', () => {
  it('is acknowledged with an empty 200 and handed in as staff, with its time', async () => {
    const { platform } = await start();
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl });
    const response = await platform.post(activity);
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(received).toEqual([
      {
        channel: 'teams',
        id: `${activity.conversation.id}/${activity.id}`,
        conversation: `teams:${activity.conversation.id}`,
        from: activity.from.aadObjectId,
        audience: 'staff',
        text: '¿Qué dice el artículo 46?',
        receivedAt: clock,
      },
    ]);
  });

  it('reads what the public reads when TEAMS_DEV_ROLE says so', async () => {
    const { platform } = await start({ env: { TEAMS_DEV_ROLE: 'publico' } });
    await platform.post(recorded('personal-message', { serviceUrl: platform.serviceUrl }));
    expect(received.map(({ audience }) => audience)).toEqual(['public']);
  });

  it('is answered after the typing sign even when that one is slow, in Markdown', async () => {
    const { channel, platform } = await start();
    platform.delay({ typing: 100 });
    await platform.post(recorded('personal-message', { serviceUrl: platform.serviceUrl }));
    const [message] = received;
    if (message === undefined) throw new Error('nothing was handed in');
    const ids = await channel.send(message.conversation, reply('Son *dos* requisitos.'));
    expect(platform.written.map(({ type }) => type)).toEqual(['typing', 'message']);
    expect(platform.written[1]).toMatchObject({ text: 'Son \\*dos\\* requisitos.', textFormat: 'markdown' });
    expect(ids).toEqual([platform.written[1]?.id]);
  });

  it('in a group loses the mention of the bot', async () => {
    const { platform } = await start();
    await platform.post(recorded('group-message-mention', { serviceUrl: platform.serviceUrl }));
    expect(received.map(({ text }) => text)).toEqual(['¿qué dice el artículo 46?']);
  });

  it('counts again after an hour under the same id, and not before', async () => {
    const { platform } = await start();
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl });
    for (const minutes of [0, 59, 2]) {
      clock = new Date(clock.getTime() + minutes * 60_000);
      expect((await platform.post(activity)).status).toBe(200);
    }
    expect(received).toHaveLength(2);
  });
});

describe('a message without words', () => {
  const nothing = { text: '  \n ', attachments: [] };
  const htmlCopy = { contentType: 'text/html', content: '<div>&nbsp;</div>' };
  const file = { contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'acuerdo.pdf' };
  it.each([
    ['nothing', nothing, /llegó sin texto/],
    ['no text field at all', { text: undefined }, /llegó sin texto/],
    ['only Teams’ own HTML copy', { text: '&nbsp;', attachments: [htmlCopy] }, /llegó sin texto/],
    ['only a file', { text: '', attachments: [htmlCopy, file] }, /todavía no puedo leer archivos/],
  ])('with %s gets a kind reply and starts no turn', async (_what, over, expected) => {
    const { platform } = await start();
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl, ...over });
    expect((await platform.post(activity)).status).toBe(200);
    expect(await platform.waitForMessages(activity.conversation.id, 1)).toEqual([
      expect.stringMatching(expected),
    ]);
    expect(received).toEqual([]);
  });

  it('with a file and words is taken by its words', async () => {
    const { platform } = await start();
    await platform.post(
      recorded('personal-message', { serviceUrl: platform.serviceUrl, attachments: [file] }),
    );
    expect(received).toHaveLength(1);
  });
});

describe('a message of many words', () => {
  it('is taken up to 2,000 characters, and above that gets a kind short reply and starts no turn', async () => {
    const { platform } = await start();
    const { serviceUrl } = platform;
    const longest = recorded('personal-message', { serviceUrl, id: 'longest', text: 'a'.repeat(2_000) });
    const tooLong = recorded('personal-message', { serviceUrl, id: 'too-long', text: 'a'.repeat(2_001) });
    expect((await platform.post(tooLong)).status).toBe(200);
    const [said] = await platform.waitForMessages(tooLong.conversation.id, 1);
    expect(said).toMatch(/^Su mensaje es muy largo/);
    expect((await platform.post(longest)).status).toBe(200);
    expect(received.map(({ text }) => text.length)).toEqual([2_000]);
  });
});

describe('the greeting', () => {
  it('comes once when Orienta is added to a personal chat, though two activities tell of it', async () => {
    const { channel, platform } = await start();
    const { serviceUrl } = platform;
    const { conversation } = recorded('personal-installed');
    await Promise.all([
      platform.post(recorded('personal-installed', { serviceUrl })),
      platform.post(recorded('personal-members-added', { serviceUrl })),
    ]);
    await channel.stop();
    const greetings = platform.messagesTo(conversation.id);
    expect(greetings).toHaveLength(1);
    expect(greetings[0]).toMatch(/^Hola, soy Orienta\..*\n\n1\. .*\?\n2\. .*\?\n3\. .*\?\n\n/s);
    expect(received).toEqual([]);
  });

  it('comes when a person is added to a personal chat', async () => {
    const { platform } = await start();
    const activity = recorded('personal-user-added', { serviceUrl: platform.serviceUrl });
    await platform.post(activity);
    expect(await platform.waitForMessages(activity.conversation.id, 1)).toHaveLength(1);
  });

  it('comes to a group when Orienta is added, not when a person is', async () => {
    const { channel, platform } = await start();
    const added = recorded('group-members-added', { serviceUrl: platform.serviceUrl });
    const other = { ...added.conversation, id: 'another-group' };
    await platform.post({ ...added, id: 'person', conversation: other, membersAdded: [{ id: 'user-id-7' }] });
    await platform.post(added);
    await channel.stop();
    expect(platform.messagesTo(added.conversation.id)).toHaveLength(1);
    expect(platform.messagesTo('another-group')).toEqual([]);
  });

  it('comes again when Orienta is removed and added anew', async () => {
    const { platform } = await start();
    const { serviceUrl } = platform;
    const { conversation } = recorded('personal-installed');
    await platform.post(recorded('personal-installed', { serviceUrl }));
    await platform.waitForMessages(conversation.id, 1);
    await platform.post(recorded('personal-uninstalled', { serviceUrl }));
    await platform.post(recorded('personal-installed', { serviceUrl, id: 'a-new-installation' }));
    expect(await platform.waitForMessages(conversation.id, 2)).toHaveLength(2);
  });
});

describe('after Orienta was removed', () => {
  it.each(['personal-uninstalled', 'group-bot-removed'])(
    'by %s nobody is there to write to',
    async (name) => {
      const { channel, platform } = await start();
      const { serviceUrl } = platform;
      const removed = recorded(name, { serviceUrl });
      const { conversation } = removed;
      await platform.post(recorded('group-message-mention', { serviceUrl, conversation }));
      const [message] = received;
      if (message === undefined) throw new Error('nothing was handed in');
      await platform.post(removed);
      await expect(channel.send(message.conversation, reply('¿Sigue ahí?'))).rejects.toMatchObject({
        code: 'UNREACHABLE_PERSON',
      });
    },
  );
});

describe('an activity that asks for nothing', () => {
  it.each(['typing', 'messageReaction', 'messageDelete', 'event', 'somethingNew'])(
    'of type %s is acknowledged and left alone',
    async (type) => {
      const { channel, platform } = await start();
      const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl, type });
      expect((await platform.post(activity)).status).toBe(200);
      await channel.stop();
      expect([received, platform.written]).toEqual([[], []]);
    },
  );

  it('of type invoke gets "not implemented"', async () => {
    const { platform } = await start();
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl, type: 'invoke' });
    expect((await platform.post(activity)).status).toBe(501);
  });
});

describe('a message that cannot be kept', () => {
  const away = new AppError('STORE_UNAVAILABLE', 'connect ECONNREFUSED', { retryable: true });

  it('while the store is away is sent again by the platform, taken then, and nobody is troubled', async () => {
    const tries: string[] = [];
    const { channel, platform } = await start({
      receive: async ({ id }) => {
        tries.push(id);
        if (tries.length === 1) throw away;
        return { id: 'turn-1' };
      },
    });
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl });
    const refused = await platform.post(activity);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).not.toContain('ECONN');
    expect((await platform.post(activity)).status).toBe(200);
    expect((await platform.post(activity)).status).toBe(200);
    await channel.stop();
    expect(tries).toHaveLength(2);
    expect(tries[0]).toBe(tries[1]);
    expect(platform.messagesTo(activity.conversation.id)).toEqual([]);
  });

  it('because its conversation cannot be noted is sent again too', async () => {
    const references = createMemoryConversationReferences();
    let isAway = true;
    const { platform } = await start({
      references: {
        ...references,
        set: async (conversation, reference) => {
          if (isAway) throw away;
          await references.set(conversation, reference);
        },
      },
    });
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl });
    expect((await platform.post(activity)).status).toBe(503);
    isAway = false;
    expect((await platform.post(activity)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('in time is not acknowledged, and its repeat is handed in', async () => {
    let calls = 0;
    const { platform } = await start({
      takeMs: 20,
      receive: () => {
        calls += 1;
        return calls === 1 ? new Promise<Accepted>(() => undefined) : Promise.resolve({ id: 'turn-1' });
      },
    });
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl });
    expect((await platform.post(activity)).status).toBe(503);
    expect((await platform.post(activity)).status).toBe(200);
    expect(calls).toBe(2);
  });
});

describe('a turn that fails', () => {
  it('gets an apology with a case id, and the log has that id and not the person’s words', async () => {
    const { platform } = await start({
      receive: async ({ text }) => {
        throw new AppError('INDEX_UNAVAILABLE', `could not search for ${text}`);
      },
    });
    const activity = recorded('personal-message', {
      serviceUrl: platform.serviceUrl,
      text: 'Mi pasaporte es 12345',
    });
    expect((await platform.post(activity)).status).toBe(200);
    const [apology] = await platform.waitForMessages(activity.conversation.id, 1);
    const caseId = /el caso ([0-9a-f]{8})\./.exec(apology ?? '')?.[1];
    expect(warnings()).toEqual([
      expect.objectContaining({ level: 50, case: caseId, code: 'INDEX_UNAVAILABLE', type: 'message' }),
    ]);
    expect(apology).toMatch(/^Disculpe/);
    expect(book.text() + apology).not.toMatch(/12345|search for/);
  });
});

describe('a platform that refuses what is sent', () => {
  it.each([403, 404])('with %d makes the person unreachable', async (status) => {
    const { channel, platform } = await start();
    await platform.post(recorded('personal-message', { serviceUrl: platform.serviceUrl }));
    const [message] = received;
    if (message === undefined) throw new Error('nothing was handed in');
    platform.refuseWith({ status });
    await expect(channel.send(message.conversation, reply('Hola'))).rejects.toMatchObject({
      code: 'UNREACHABLE_PERSON',
      retryable: false,
    });
  });

  it('is not written to when the caller has given up, and the failure may be retried', async () => {
    const { channel, platform } = await start();
    await platform.post(recorded('personal-message', { serviceUrl: platform.serviceUrl }));
    const [message] = received;
    if (message === undefined) throw new Error('nothing was handed in');
    const given = AbortSignal.abort(new Error('no time left'));
    await expect(channel.send(message.conversation, reply('Hola'), { signal: given })).rejects.toMatchObject({
      code: 'CHANNEL_UNAVAILABLE',
      retryable: true,
    });
    expect(platform.messagesTo(recorded('personal-message').conversation.id)).toEqual([]);
  });
});

describe('without Microsoft credentials', () => {
  const refused = {
    error: { code: 'LOCAL_ONLY', message: expect.stringMatching(/esta misma máquina/) },
  };

  it.each([
    ['a proxy', { 'X-Forwarded-For': '127.0.0.1' }, {}, 'proxied'],
    ['a standard proxy', { Forwarded: 'for=127.0.0.1' }, {}, 'proxied'],
    ['a proxy that only names itself', { Via: '1.1 proxy' }, {}, 'proxied'],
    ['a page in a browser', { Origin: 'http://localhost:8080' }, {}, 'browser'],
    ['a page that hides where it is from', { 'Sec-Fetch-Site': 'cross-site' }, {}, 'browser'],
    ['a serviceUrl elsewhere', {}, { serviceUrl: 'https://smba.example/amer/' }, 'service-url'],
  ])('refuses %s, with one log line', async (_who, headers, over, reason) => {
    const { platform } = await start();
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl, ...over });
    const response = await platform.post(activity, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual(refused);
    expect(warnings()).toEqual([
      expect.objectContaining({ code: 'LOCAL_ONLY', reason: expect.stringContaining(`(${reason})`) }),
    ]);
    expect(received).toEqual([]);
  });

  it('refuses a caller from another machine', async () => {
    const { platform } = await start({ peer: '203.0.113.7' });
    const response = await platform.post(recorded('personal-message', { serviceUrl: platform.serviceUrl }));
    expect(response.status).toBe(403);
    expect(warnings()).toEqual([expect.objectContaining({ reason: expect.stringContaining('(peer)') })]);
    expect(received).toEqual([]);
  });

  it('refuses a request that was meant for another host', async () => {
    const { platform } = await start();
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl });
    expect(await platform.postToHost('orienta.example', activity)).toBe(403);
    expect(await platform.postToHost('127.0.0.1', { ...activity, id: 'another' })).toBe(200);
    expect(warnings()).toEqual([expect.objectContaining({ reason: expect.stringContaining('(host)') })]);
    expect(received).toHaveLength(1);
  });

  it.each([{ PUBLIC_URL: 'https://orienta.example' }, { HOST: '0.0.0.0' }, { HOST: '::' }])(
    'is off with %j, where a proxy that adds no header would make strangers look local',
    async (env) => {
      const { channel, platform } = await start({ env });
      const response = await platform.post(recorded('personal-message', { serviceUrl: platform.serviceUrl }));
      expect([response.status, await response.json()]).toEqual([403, refused]);
      expect(channel.status().state).toBe('off');
      expect(warnings()).toEqual([expect.objectContaining({ reason: expect.stringContaining('(exposed)') })]);
      expect(received).toEqual([]);
    },
  );

  it('does not start in production, and says which variables to set', () => {
    expect(() => checkForServing(loadConfig({ NODE_ENV: 'production' }))).toThrow(
      /MicrosoftAppId: falta;.*MicrosoftAppPassword/s,
    );
  });
});

describe('with Microsoft credentials', () => {
  const env = { MicrosoftAppId: 'an-app', MicrosoftAppPassword: 'a-secret' };

  it.each([
    ['no token', {}],
    ['another scheme', { Authorization: 'Basic YTpi' }],
    ['a token that is none', { Authorization: 'Bearer abc' }],
  ])('refuses a loopback caller with %s', async (_what, headers: Record<string, string>) => {
    const { platform } = await start({ env });
    const activity = recorded('personal-message', { serviceUrl: platform.serviceUrl });
    const response = await platform.post(activity, headers);
    expect([response.status, await response.json()]).toEqual([
      401,
      { error: { code: 'UNTRUSTED_REQUEST', message: 'No pudimos comprobar quién llama.' } },
    ]);
    expect(received).toEqual([]);
    expect(warnings()).toEqual([expect.objectContaining({ status: 401, code: 'UNTRUSTED_REQUEST' })]);
  });
});

describe('a body that is no activity', () => {
  const whole = recorded('personal-message');
  it.each([
    ['nothing', ''],
    ['a list', []],
    ['a string', '"hola"'],
    ['no type', { ...whole, type: undefined }],
    ['no conversation', { ...whole, conversation: undefined }],
    ['a serviceUrl that is no web address', { ...whole, serviceUrl: 'file:///etc/hosts' }],
    ['a message without id', { ...whole, id: undefined }],
    ['a text that is a number', { ...whole, text: 5 }],
  ])('with %s is refused with 400', async (_what, body) => {
    const { platform } = await start();
    const response = await platform.post(body);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'MALFORMED_REQUEST', message: 'No pudimos leer la solicitud. Revise su formato.' } },
    ]);
  });
});

describe('a channel that was stopped', () => {
  it('sends its platform away for a few seconds', async () => {
    const { channel, platform } = await start();
    await channel.stop();
    const response = await platform.post(recorded('personal-message', { serviceUrl: platform.serviceUrl }));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  });
});
