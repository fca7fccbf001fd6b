import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChannelStatus } from '#src/channels/channel.ts';
import { Secret } from '#src/config.ts';
import { type AdminParts, openAdmin } from '#src/gateway/admin.ts';
import type { Linking } from '#src/gateway/pages/channels-page.tsx';

const TOKEN = 'una-clave-larga-de-operador';
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const basic = (token: string) => ({
  Authorization: `Basic ${Buffer.from(`operador:${token}`).toString('base64')}`,
});

async function start(parts: Partial<AdminParts> = {}) {
  const lines: string[] = [];
  const { address, close } = await openAdmin({
    metrics: async () => ({
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: 'orienta_up 1\n',
    }),
    channels: () => ({ web: { state: 'ready' } }),
    host: '127.0.0.1',
    port: 0,
    token: undefined,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    ...parts,
  });
  onTestFinished(close);
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${address}${path}`, { headers, redirect: 'manual' });
  return { address, get, logged: () => lines.join('') };
}

/** fetch sets the Host header itself. */
async function statusFor(address: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const asking = request(`${address}/metrics`, { headers });
  asking.end();
  const [answer]: IncomingMessage[] = await once(asking, 'response');
  answer?.resume();
  return answer?.statusCode ?? 0;
}

describe('the operators’ port on loopback', () => {
  it('shows the metrics without a token', async () => {
    const { get } = await start();
    const response = await get('/metrics');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toBe('orienta_up 1\n');
  });

  it('is closed to other names, which a stranger’s page may have made point here, and to proxies', async () => {
    const { address } = await start();
    expect(await statusFor(address, { Host: 'localhost:1' })).toBe(200);
    expect(await statusFor(address, { Host: 'malo.example' })).toBe(401);
    expect(await statusFor(address, { Host: 'localhost', 'X-Forwarded-For': '10.0.0.7' })).toBe(401);
  });

  it('leads to the console, which shows each channel with its state, escaped', async () => {
    const channels: Record<string, ChannelStatus> = {
      web: { state: 'ready' },
      teams: { state: 'starting' },
      whatsapp: { state: 'down', reason: '<b>sin red</b>' },
    };
    const { get } = await start({ channels: () => channels });
    expect((await get('/')).headers.get('location')).toBe('/consola/canales');
    const html = await (await get('/consola/canales')).text();
    expect(html).toMatch(/Chat web<\/th><td>Listo.*Teams<\/th><td>Arrancando/);
    expect(html).toContain('Caído: &lt;b>sin red&lt;/b>');
    const css = /href="(\/assets\/orienta[^"]+)"/.exec(html)?.[1] ?? '';
    expect((await get(css)).headers.get('content-type')).toMatch(/text\/css/);
  });

  it('shows the code that links WhatsApp while one waits, drawn in the page and not in words', async () => {
    let linking: Linking | undefined = { qr: '2@secreto,abc' };
    const { get, logged } = await start({ linking: () => linking });
    const waiting = await (await get('/consola/canales')).text();
    expect(waiting).toMatch(/<svg class="qr"[^>]*aria-label="Código QR que enlaza el teléfono"/);
    expect(waiting).not.toContain('secreto');
    expect(waiting).toContain('http-equiv="refresh" content="5"');
    linking = { pairingCode: 'ABCD1234' };
    expect(await (await get('/consola/canales')).text()).toContain('<strong>ABCD1234</strong>');
    linking = undefined;
    expect(await (await get('/consola/canales')).text()).not.toContain('Enlazar WhatsApp');
    expect(logged()).not.toMatch(/secreto|ABCD1234/);
  });

  it('knows no other address and no other method', async () => {
    const { get, address } = await start();
    expect((await get('/api/chat')).status).toBe(404);
    expect((await fetch(`${address}/metrics`, { method: 'POST' })).status).toBe(405);
  });
});

describe('the operators’ port off loopback', () => {
  const open = { host: '0.0.0.0', token: new Secret(TOKEN) };

  it.each<[string, Readonly<Record<string, string>>]>([
    ['no token', {}],
    ['another token', bearer(`${TOKEN}x`)],
    ['a part of the token', bearer(TOKEN.slice(0, -1))],
    ['another password', basic('x')],
    ['another scheme', { Authorization: `Token ${TOKEN}` }],
  ])('refuses %s with 401 and says nothing more, in no place', async (_what, headers) => {
    const { get, logged } = await start(open);
    for (const path of ['/metrics', '/consola/canales', '/assets/orienta.css', '/otra']) {
      const response = await get(path, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic/);
      expect(await response.text()).not.toMatch(/orienta_up|clave-larga/);
    }
    expect(logged()).toContain('caller refused');
    expect(logged()).not.toContain('clave-larga');
  });

  it('takes the token as Bearer, and as the password that a browser asks for', async () => {
    const { get } = await start(open);
    expect((await get('/metrics', bearer(TOKEN))).status).toBe(200);
    expect((await get('/consola/canales', basic(TOKEN))).status).toBe(200);
  });
});

it('a taken operators’ port is PORT_IN_USE naming ADMIN_PORT', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(start({ port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining('ADMIN_PORT'),
  });
});
