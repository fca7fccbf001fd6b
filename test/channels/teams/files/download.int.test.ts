import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Download, download } from '#src/channels/teams/files/download.ts';
import { fileHosts } from '#src/channels/teams/files/file-hosts.ts';

const open: (() => Promise<void>)[] = [];
const limits = { mayFetch: fileHosts(false), maxBytes: 1_000 };

/** Serves on this machine. @returns its address */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close').catch(() => undefined);
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

describe('a download', () => {
  it('gives the bytes', async () => {
    const address = await serve((_req, res) => res.end('hola'));
    expect(words(await download(`${address}/a`, limits))).toBe('hola');
  });

  it('follows a redirect to an address that may be fetched', async () => {
    const address = await serve((req, res) =>
      req.url === '/a' ? res.writeHead(302, { Location: '/b' }).end() : res.end('hola'),
    );
    expect(words(await download(`${address}/a`, limits))).toBe('hola');
  });

  it.each([
    ['elsewhere', 'http://example.org/x'],
    ['to another kind of address', 'file:///etc/passwd'],
    ['to nonsense', 'http://['],
  ])('does not follow a redirect %s', async (_where, location) => {
    const address = await serve((_req, res) => res.writeHead(302, { Location: location }).end());
    expect(await download(`${address}/a`, limits)).toEqual({ kind: 'forbidden' });
  });

  it('ends a chain of redirects', async () => {
    let asked = 0;
    const address = await serve((_req, res) => {
      asked += 1;
      res.writeHead(302, { Location: `/${asked}` }).end();
    });
    expect(await download(`${address}/a`, limits)).toEqual({ kind: 'forbidden' });
    expect(asked).toBeLessThan(10);
  });

  it('asks nobody where the address may not be fetched', async () => {
    let asked = 0;
    const address = await serve((_req, res) => {
      asked += 1;
      res.end('hola');
    });
    expect(await download(`${address}/a`, { mayFetch: fileHosts(true) })).toEqual({ kind: 'forbidden' });
    expect(await download('no es una dirección', limits)).toEqual({ kind: 'forbidden' });
    expect(asked).toBe(0);
  });

  it.each([
    ['that says its size', { 'Content-Length': '1001' }],
    ['that does not', {}],
  ])('gives up on a file too large %s', async (_how, headers) => {
    const address = await serve((_req, res) => res.writeHead(200, headers).end('x'.repeat(1_001)));
    expect(await download(`${address}/a`, limits)).toEqual({ kind: 'too-large' });
  });

  it('stops reading a file without end', async () => {
    let closed = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const address = await serve((_req, res) => {
      const more = setInterval(() => res.write('x'.repeat(400)), 1);
      res.on('close', () => {
        clearInterval(more);
        closed();
      });
    });
    expect(await download(`${address}/a`, limits)).toEqual({ kind: 'too-large' });
    await gone;
  });

  it.each([404, 410, 500])('fails on a %i', async (status) => {
    const address = await serve((_req, res) => res.writeHead(status).end('no'));
    expect(await download(`${address}/a`, limits)).toEqual({ kind: 'failed' });
  });

  it('fails where nobody answers, or too slowly', async () => {
    const address = await serve(() => undefined);
    expect(await download(`${address}/a`, { ...limits, timeoutMs: 50 })).toEqual({ kind: 'failed' });
    await open.pop()?.();
    expect(await download(`${address}/a`, limits)).toEqual({ kind: 'failed' });
  });
});

function words(result: Download): string {
  return result.kind === 'bytes' ? Buffer.from(result.bytes).toString('utf8') : result.kind;
}
