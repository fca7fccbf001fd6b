import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Readiness } from '#src/gateway/health-route.ts';
import { listen } from '#src/gateway/listen.ts';
import { READY, startGateway } from './gateway-harness.ts';

describe('health', () => {
  it('/healthz says ok while the process lives, ready or not', async () => {
    const { get } = await startGateway({
      readiness: async () => ({ ...READY, database: false, knowledge: false, channels: {} }),
    });
    const response = await get('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it('/readyz says ok part by part', async () => {
    const { get } = await startGateway({ readiness: async () => READY });
    const response = await get('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ok',
      checks: {
        database: 'ok',
        keys: 'environment',
        knowledge: 'ok',
        index: 'hnsw',
        channels: { web: 'ready', teams: 'off' },
      },
    });
  });

  it('/readyz is still ok while search goes without its graph, and says so', async () => {
    const { get } = await startGateway({ readiness: async () => ({ ...READY, index: 'exact' }) });
    const response = await get('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ checks: { index: 'exact' } });
  });

  it.each<[string, Readiness]>([
    ['without knowledge', { ...READY, knowledge: false }],
    ['without its database', { ...READY, database: false }],
    [
      'with no channel ready',
      { ...READY, channels: { web: { state: 'down', reason: 'caído' }, teams: { state: 'starting' } } },
    ],
  ])('/readyz is 503 %s', async (_name, readiness) => {
    const { get } = await startGateway({ readiness: async () => readiness });
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'unavailable' });
  });

  it('/readyz says what is missing and how to get it, while the rest runs', async () => {
    const reason = 'No hay Chromium en esta máquina. Instálelo.';
    const channels: Readiness['channels'] = { ...READY.channels, whatsapp: { state: 'down', reason } };
    const { get } = await startGateway({ readiness: async () => ({ ...READY, channels }) });
    const response = await get('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      checks: { channels: { whatsapp: 'down' } },
      help: { whatsapp: reason },
    });
  });
});

describe('listen', () => {
  it.each(['0.0.0.0', '127.0.0.1'])('on %s gives an address that this machine can open', async (host) => {
    const server = await listen(express(), { port: 0, host });
    onTestFinished(() => server.close());
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect((await fetch(server.address)).status).toBe(404);
  });

  it('a taken port is PORT_IN_USE with what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const failure = listen(express(), { port, host: '127.0.0.1' });
    await expect(failure).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining('PORT'),
    });
  });

  it('closing finishes the request under way, refuses new ones and does no harm twice', async () => {
    let finish = () => {};
    const app = express().get('/', (_req, res) => {
      finish = () => void res.send('terminado');
    });
    const server = await listen(app, { port: 0, host: '127.0.0.1' });
    const underWay = fetch(server.address);
    await expect.poll(() => finish.toString()).toContain('terminado');
    const closed = Promise.all([server.close(), server.close()]);
    await expect(fetch(server.address)).rejects.toThrow();
    finish();
    expect(await (await underWay).text()).toBe('terminado');
    await closed;
  });
});

describe('the Teams endpoint', () => {
  it('hands the parsed body to the channel', async () => {
    const { address } = await startGateway({
      teams: { handle: async (req, res) => void res.status(202).json({ type: req.body.type }) },
    });
    const response = await fetch(`${address}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"type":"message"}',
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ type: 'message' });
  });

  it('malformed and oversize bodies never reach it', async () => {
    let isReached = false;
    const { address } = await startGateway({
      teams: {
        handle: async (_req, res) => {
          isReached = true;
          res.end();
        },
      },
    });
    const post = (body: string) =>
      fetch(`${address}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
    expect((await post('{')).status).toBe(400);
    expect((await post(JSON.stringify({ text: 'a'.repeat(300_000) }))).status).toBe(413);
    expect(isReached).toBe(false);
  });

  it('is not found where Teams is not mounted', async () => {
    const { address } = await startGateway();
    expect((await fetch(`${address}/api/messages`, { method: 'POST' })).status).toBe(404);
  });
});
