import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  APP_SECRET,
  type CloudPlatform,
  keep,
  startCloudPlatform,
  VERIFY_TOKEN,
} from '../channels/whatsapp/cloud/cloud-platform.ts';
import { ANA, from, sends, signatureOf, webhook } from '../support/graph-api-payloads.ts';
import { startGateway } from './gateway-harness.ts';

describe('/api/whatsapp', () => {
  let platform: CloudPlatform;
  beforeEach(async () => {
    platform = await startCloudPlatform();
    await platform.channel.start(keep);
  });
  afterEach(async () => {
    await platform.channel.stop();
    await platform.close();
  });
  const verify = (over: Readonly<Record<string, string>> = {}) => {
    const query = {
      'hub.mode': 'subscribe',
      'hub.verify_token': VERIFY_TOKEN,
      'hub.challenge': '1158201444',
    };
    return fetch(`${platform.endpoint}?${new URLSearchParams({ ...query, ...over })}`);
  };
  const body = () => JSON.stringify(webhook(from({ phone: ANA }, sends.text('¿Puedo trabajar? ñ'))));

  it('gives Meta its challenge back, as plain text', async () => {
    const answer = await verify({ 'hub.challenge': '<b>1158201444</b>' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toContain('text/plain');
    expect(await answer.text()).toBe('<b>1158201444</b>');
  });

  it.each([
    ['a wrong word', { 'hub.verify_token': 'otra' }],
    ['an empty word', { 'hub.verify_token': '' }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
  ])('%s is refused with 403 and told nothing', async (_name, over) => {
    const answer = await verify(over);
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('1158201444');
  });

  it('a visit without a question, or with its parts twice, is refused', async () => {
    expect((await fetch(platform.endpoint)).status).toBe(403);
    const twice = `hub.mode=subscribe&hub.challenge=1&hub.verify_token=${VERIFY_TOKEN}&hub.verify_token=x`;
    expect((await fetch(`${platform.endpoint}?${twice}`)).status).toBe(403);
  });

  it('what Meta signed is taken and answered with 200', async () => {
    const text = body();
    const answer = await platform.postRaw(text, { 'X-Hub-Signature-256': signatureOf(text, APP_SECRET) });
    expect(answer.status).toBe(200);
    expect(platform.taken).toMatchObject([{ chat: ANA, body: { text: '¿Puedo trabajar? ñ' } }]);
  });

  it.each<[string, (text: string) => Record<string, string>]>([
    ['no signature', () => ({})],
    ['another secret', (text) => ({ 'X-Hub-Signature-256': signatureOf(text, 'otro') })],
    ['a truncated one', (text) => ({ 'X-Hub-Signature-256': signatureOf(text, APP_SECRET).slice(0, 40) })],
    ['SHA-1 alone', (text) => ({ 'X-Hub-Signature': signatureOf(text, APP_SECRET, 'sha1') })],
    ['the signature of another body', () => ({ 'X-Hub-Signature-256': signatureOf('{}', APP_SECRET) })],
  ])('%s is refused with 401, and the operator is told', async (_name, headersOf) => {
    const text = body();
    const answer = await platform.postRaw(text, headersOf(text));
    expect(answer.status).toBe(401);
    expect(platform.taken).toEqual([]);
    expect(platform.logged()).toContain('WHATSAPP_CLOUD_APP_SECRET');
  });

  it.each(['', 'no JSON', '[]', 'null', '{"entry":7}'])('signed nonsense («%s») is a 400', async (text) => {
    const answer = await platform.postRaw(text, { 'X-Hub-Signature-256': signatureOf(text, APP_SECRET) });
    expect(answer.status).toBe(400);
  });

  it('a body above 4 MB is refused before it is read', async () => {
    const text = 'x'.repeat(4 * 1024 * 1024 + 1);
    const answer = await platform.postRaw(text, { 'X-Hub-Signature-256': signatureOf(text, APP_SECRET) });
    expect(answer.status).toBe(413);
  });

  it('a batch of a thousand messages is taken whole', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      from({ phone: `502555${10_000 + index}` }, sends.text('x')),
    );
    expect((await platform.post(webhook(...many))).status).toBe(200);
    expect(platform.taken).toHaveLength(1_000);
  });

  it('a channel that does not run asks Meta to come again', async () => {
    await platform.channel.stop();
    const text = body();
    const answer = await platform.postRaw(text, { 'X-Hub-Signature-256': signatureOf(text, APP_SECRET) });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it('other methods are refused by name', async () => {
    const answer = await fetch(platform.endpoint, { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')).toBe('GET, POST');
  });

  it('neither words nor the verify token come into the log', async () => {
    await verify({ 'hub.verify_token': 'palabra-ajena' });
    await platform.postRaw(body(), {});
    expect(platform.logged()).toContain('caller refused');
    expect(platform.logged()).not.toMatch(/palabra|trabajar|5025555/);
  });

  it('is not there without the Cloud API', async () => {
    const { get } = await startGateway();
    expect((await get('/api/whatsapp')).status).toBe(404);
  });
});
