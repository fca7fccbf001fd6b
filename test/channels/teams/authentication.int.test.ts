import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import { generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InboundMessage } from '#src/channels/channel.ts';
import { readActivity } from '#src/channels/teams/activity.ts';
import { type Authentication, createAuthentication } from '#src/channels/teams/authentication.ts';
import { createConnectorClient } from '#src/channels/teams/connector-client.ts';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { createTeamsChannel, type TeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { loadConfig } from '#src/config.ts';
import { reply } from '../../contract/channel-contract.ts';
import { startTeamsConnector, type TeamsConnector } from '../../support/teams-connector.ts';
import { startTokenIssuer, type TokenDraft, type TokenIssuer } from '../../support/token-issuer.ts';
import { createLogBook, type LogBook } from './log-book.ts';
import { recorded, startTeamsPlatform, type TeamsPlatform } from './teams-platform.ts';

const APP_ID = '5b1c6a1e-0000-4000-8000-00000000a001';
const WRITTEN_WITH = 'a-token-of-the-stand-in';
const SCOPE = 'https://api.botframework.com';

/** botbuilder's own state, which it shares with nobody by its interface. */
const botbuilder: {
  readonly AppCredentials: { readonly cache: Map<string, unknown> };
  readonly ToBotFromBotOrEmulatorTokenValidationParameters: { readonly issuer: readonly string[] };
  readonly ClaimsIdentity: new (
    claims: readonly { readonly type: string; readonly value: string }[],
  ) => Parameters<Authentication['botbuilder']['createConnectorFactory']>[0];
} = createRequire(createRequire(import.meta.url).resolve('botbuilder'))('botframework-connector');

/**
 * Microsoft's login cannot be stood in for: its library insists on its own addresses over TLS. What it would have
 * brought is put where botbuilder keeps tokens; how the token goes out with what is written is real.
 */
function haveTokenToWriteWith(): void {
  const expiresOn = new Date(Date.now() + 3_600_000);
  botbuilder.AppCredentials.cache.set(`${APP_ID}${SCOPE}-cache`, { accessToken: WRITTEN_WITH, expiresOn });
}

const CREDENTIALS = {
  MicrosoftAppId: APP_ID,
  MicrosoftAppPassword: 'a-secret',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: 'a-tenant',
};

let service: TeamsConnector;
let issuer: TokenIssuer;
let channel: TeamsChannel;
let platform: TeamsPlatform;
let book: LogBook;
let received: InboundMessage[];
const stderr = vi.spyOn(console, 'error');

beforeAll(() => haveTokenToWriteWith());
afterAll(() => stderr.mockRestore());
beforeEach(async () => {
  stderr.mockClear();
  received = [];
  book = createLogBook();
  service = await startTeamsConnector();
  issuer = await startTokenIssuer({ audience: APP_ID, serviceUrl: service.serviceUrl });
  channel = createTeamsChannel({
    config: loadConfig({
      ...CREDENTIALS,
      PUBLIC_URL: 'https://orienta.example',
      ToBotFromChannelOpenIdMetadataUrl: issuer.metadataUrl,
      ToBotFromChannelTokenIssuer: issuer.issuer,
    }),
    log: book.log,
    references: createMemoryConversationReferences(),
    now: () => new Date(),
  });
  await channel.start(async (message) => {
    received.push(message);
    return { id: `turn-${received.length}` };
  });
  platform = await startTeamsPlatform(channel, { log: book.log });
});
afterEach(async () => {
  await channel.stop();
  await Promise.all([platform.close(), service.close(), issuer.close()]);
});

const question = (over: Readonly<Record<string, unknown>> = {}) =>
  recorded('personal-message', { serviceUrl: service.serviceUrl, ...over });
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const warnings = () => book.lines().filter(({ level }) => Number(level) >= 40);

/** Header and payload as they would be signed, with no signature at all. */
function unsigned(token: string, header: Readonly<Record<string, unknown>>): string {
  const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
  return `${encoded}.${token.split('.')[1]}.`;
}

async function expectRefused(authorization: Readonly<Record<string, string>>, activity = question()) {
  const response = await platform.post(activity, authorization);
  expect([response.status, await response.json()]).toEqual([
    401,
    { error: { code: 'UNTRUSTED_REQUEST', message: 'No pudimos comprobar quién llama.' } },
  ]);
  expect(warnings()).toEqual([expect.objectContaining({ status: 401, code: 'UNTRUSTED_REQUEST' })]);
  expect(stderr).not.toHaveBeenCalled();
  await channel.stop();
  expect([received, service.written]).toEqual([[], []]);
}

describe('a token that the Bot Framework signed', () => {
  it('lets the message in, and the reply goes out with the token that Microsoft gave Orienta', async () => {
    const response = await platform.post(question(), bearer(await issuer.sign()));
    expect(response.status).toBe(200);
    const [message] = received;
    if (message === undefined) throw new Error('nothing was handed in');
    expect(message).toMatchObject({ text: '¿Qué dice el artículo 46?', audience: 'public' });
    await channel.send(message.conversation, reply('Dice esto.'));
    expect(service.written.map(({ type, authorization }) => [type, authorization])).toEqual([
      ['typing', `Bearer ${WRITTEN_WITH}`],
      ['message', `Bearer ${WRITTEN_WITH}`],
    ]);
    expect(warnings()).toEqual([]);
  });

  it('has its keys fetched once for many messages', async () => {
    for (const id of ['one', 'two', 'three']) {
      await platform.post(question({ id }), bearer(await issuer.sign()));
    }
    expect([received.length, issuer.asked()]).toEqual([3, 1]);
  });

  it('may be a few minutes off, as clocks are', async () => {
    const token = await issuer.sign({ expiresIn: -60, validIn: -600 });
    expect((await platform.post(question(), bearer(token))).status).toBe(200);
  });
});

describe('a request is refused, with one line in the log and nothing on the console,', () => {
  it('without a token', () => expectRefused({}));
  it('with an empty token', () => expectRefused({ Authorization: 'Bearer ' }));
  it('with another scheme', async () => expectRefused({ Authorization: `Basic ${await issuer.sign()}` }));
  it('with a token that is none', () => expectRefused(bearer('abc')));
  it('with a token of rubbish parts', () => expectRefused(bearer('YWJj.YWJj.YWJj')));

  const drafts: readonly [string, () => TokenDraft | Promise<TokenDraft>][] = [
    ['has expired', () => ({ expiresIn: -600, validIn: -3_600 })],
    ['is not valid yet', () => ({ validIn: 600 })],
    ['is for another bot', () => ({ audience: '5b1c6a1e-0000-4000-8000-00000000b002' })],
    ['is from another issuer', () => ({ issuer: 'https://api.botframework.example' })],
    ['is from the public cloud, not from the configured one', () => ({ issuer: SCOPE })],
    ['names another serviceUrl', () => ({ serviceUrl: 'https://smba.example/amer/' })],
    ['names no serviceUrl', () => ({ claims: { serviceurl: undefined } })],
    ['is signed by another key', async () => ({ key: (await generateKeyPair('RS256')).privateKey })],
    ['names a key that is not published', () => ({ kid: 'unknown-key' })],
    ['is signed by a key for another channel', () => ({ kid: issuer.otherChannelKid })],
    [
      'is of the Emulator',
      () => ({ issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }),
    ],
  ];
  it.each(drafts)('with a token that %s', async (_what, draft) => {
    await expectRefused(bearer(await issuer.sign(await draft())));
  });

  it.each(['none', 'None', 'NONE'])('with alg: %s', async (alg) => {
    const token = unsigned(await issuer.sign(), { alg, typ: 'JWT', kid: 'teams-key' });
    await expectRefused(bearer(token));
  });

  it('with a token whose signature was cut off', async () => {
    const token = await issuer.sign();
    await expectRefused(bearer(`${token.split('.').slice(0, 2).join('.')}.`));
  });

  it.each(['pkcs1', 'spki'] as const)('with HS256 and the published key (%s) as its secret', async (type) => {
    const key = createPublicKey({ key: issuer.publicKey.jwk, format: 'jwk' });
    const secret = new Uint8Array(Buffer.from(key.export({ type, format: 'pem' })));
    await expectRefused(bearer(await issuer.sign({ alg: 'HS256', key: secret })));
  });

  it('with a good token of another conversation’s service address', async () => {
    const token = await issuer.sign();
    await expectRefused(bearer(token), question({ serviceUrl: 'https://smba.example/amer/' }));
  });

  it('with a good Teams token for what says to come from another channel', async () => {
    await expectRefused(bearer(await issuer.sign()), question({ channelId: 'directline' }));
  });

  it('with a good Teams token for what says to come from Azure Stack Edge', async () => {
    await expectRefused(bearer(await issuer.sign()), question({ channelId: 'AseChannel' }));
  });
});

describe('the addresses of Microsoft', () => {
  const signedByPublicCloud = () => issuer.sign({ issuer: SCOPE });
  const authentication = (env: Readonly<Record<string, string>>) =>
    createAuthentication(
      loadConfig({ ...CREDENTIALS, ...env }),
      createConnectorClient(() => new Date()),
    );
  const check = (env: Readonly<Record<string, string>>, token: string) =>
    authentication(env).check(`Bearer ${token}`, readActivity(question()).raw);

  it('are the public cloud’s but for the one that is set', async () => {
    const env = { ToBotFromChannelOpenIdMetadataUrl: issuer.metadataUrl };
    await expect(check(env, await signedByPublicCloud())).resolves.toBeUndefined();
    await expect(check(env, await issuer.sign())).rejects.toMatchObject({ code: 'UNTRUSTED_REQUEST' });
  });

  it.each([{}, { ToBotFromChannelTokenIssuer: 'https://issuer.example' }])(
    'of the login is the tenant’s with %j',
    async (env: Readonly<Record<string, string>>) => {
      const itself = new botbuilder.ClaimsIdentity([{ type: 'aud', value: APP_ID }]);
      const factory = authentication(env).botbuilder.createConnectorFactory(itself);
      const { credentials } = await factory.create(service.serviceUrl, SCOPE);
      expect(credentials).toMatchObject({ oAuthEndpoint: 'https://login.microsoftonline.com/a-tenant' });
    },
  );
});

describe('while the keys cannot be had', () => {
  it('the platform is asked to send the message again', async () => {
    issuer.answerWith(500);
    const refused = await platform.post(question(), bearer(await issuer.sign()));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    issuer.answerWith(200);
    expect((await platform.post(question(), bearer(await issuer.sign()))).status).toBe(200);
    expect(received).toHaveLength(1);
  });
});

describe('tokens that nobody signed', () => {
  it('do not fill the memory, however many organisations they name', async () => {
    const { issuer: issuers } = botbuilder.ToBotFromBotOrEmulatorTokenValidationParameters;
    const before = issuers.length;
    const part = (words: unknown) => Buffer.from(JSON.stringify(words)).toString('base64url');
    for (let count = 0; count < 150; count += 1) {
      const payload = part({ iss: issuer.issuer, aud: APP_ID, tid: `tenant-${count}` });
      const token = `${part({ alg: 'RS256', kid: 'unknown-key' })}.${payload}.YWJj`;
      expect((await platform.post(question(), bearer(token))).status).toBe(401);
    }
    // botbuilder keeps four for each that it has not seen.
    expect(issuers.length - before).toBeLessThanOrEqual(400);
  });
});
