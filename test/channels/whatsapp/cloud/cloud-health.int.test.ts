import { afterEach, describe, expect, it } from 'vitest';
import { ANA, from, sends, webhook } from '../../../support/graph-api-payloads.ts';
import { type CloudPlatform, conversationOf, keep, said, startCloudPlatform } from './cloud-platform.ts';

const ana = conversationOf(ANA);

describe('the state of the Cloud API', () => {
  let platform: CloudPlatform;
  const state = () => platform.channel.status();
  afterEach(async () => {
    await platform.channel.stop();
    await platform.close();
  });

  it('is ready once the number has answered', async () => {
    platform = await startCloudPlatform();
    await platform.channel.start(keep);
    expect(state()).toEqual({ state: 'ready' });
    expect(platform.graph.checks()).toBe(1);
  });

  it.each([
    ['a token that expired', { status: 401, code: 190 }, 'WHATSAPP_CLOUD_TOKEN'],
    ['a token without the permission', { status: 403, code: 200 }, 'whatsapp_business_messaging'],
    ['a number that Meta does not know', { status: 400, code: 100 }, 'WHATSAPP_CLOUD_PHONE_ID'],
    ['a Meta that is down', { status: 503 }, 'salida a internet'],
  ])('is down with %s, says what to do, and is ready again by itself', async (_name, plan, word) => {
    platform = await startCloudPlatform();
    platform.graph.refuseRest(plan);
    await platform.channel.start(keep);
    expect(state()).toMatchObject({ state: 'down', reason: expect.stringContaining(word) });
    platform.graph.refuseRest(undefined);
    await expect.poll(() => state().state).toBe('ready');
  });

  it('does not hold up the start while Meta is slow, and is ready when it has answered', async () => {
    platform = await startCloudPlatform({ limits: { startMs: 10 } });
    platform.graph.slowChecks(100);
    await platform.channel.start(keep);
    expect(state()).toEqual({ state: 'starting' });
    await expect.poll(() => state()).toEqual({ state: 'ready' });
  });

  it('is down when a delivery finds the token refused, takes messages meanwhile, and recovers', async () => {
    platform = await startCloudPlatform();
    await platform.channel.start(keep);
    platform.graph.refuseMessages({ status: 401, code: 190 });
    platform.graph.refuseRest({ status: 401, code: 190 });
    await expect(platform.channel.send(ana, said('Sí.'))).rejects.toMatchObject({ retryable: true });
    expect(state()).toMatchObject({ state: 'down', reason: expect.stringContaining('WHATSAPP_CLOUD_TOKEN') });
    expect((await platform.post(webhook(from({ phone: ANA }, sends.text('hola'))))).status).toBe(200);
    expect(platform.taken).toHaveLength(1);
    expect(platform.graph.typed).toEqual([]);
    platform.graph.refuseRest(undefined);
    platform.graph.refuseMessages(undefined);
    await expect.poll(() => state().state).toBe('ready');
    expect(await platform.channel.send(ana, said('Sí.'))).toHaveLength(1);
  });

  it('stays ready when only one person cannot be reached', async () => {
    platform = await startCloudPlatform();
    await platform.channel.start(keep);
    platform.graph.refuseMessages({ status: 400, code: 131026 });
    await expect(platform.channel.send(ana, said('Sí.'))).rejects.toMatchObject({
      code: 'UNREACHABLE_PERSON',
    });
    expect(state()).toEqual({ state: 'ready' });
  });

  it('is off after it was stopped, whatever was being asked', async () => {
    platform = await startCloudPlatform();
    const starting = platform.channel.start(keep);
    await platform.channel.stop();
    await starting;
    expect(state().state).toBe('off');
  });

  it('never shows the token', async () => {
    platform = await startCloudPlatform();
    platform.graph.refuseRest({ status: 401, code: 190 });
    await platform.channel.start(keep);
    await platform.channel.send(ana, said('Sí.')).catch(() => undefined);
    expect(platform.logged()).toContain('190');
    expect(platform.logged() + JSON.stringify(state())).not.toMatch(/EAAtoken|app-secret/);
  });
});
