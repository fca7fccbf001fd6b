import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { connectToRunning } from '#src/operations/control-client.ts';
import { type ControlServer, openControlServer } from '#src/operations/control-server.ts';
import type { LinkRequest, LinkStatus, Operations } from '#src/operations/operations.ts';
import { createStoreOperations } from '#src/operations/store-operations.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import { pgliteDatabase, silentLog, type TestDatabase } from '../support/databases.ts';

const keys = parseDataKeys(`a:${Buffer.alloc(32, 1).toString('base64')}`);
let place: TestDatabase;
let database: Database;
let store: Store;
let operations: Operations;
const servers: ControlServer[] = [];

beforeAll(async () => {
  place = await pgliteDatabase();
  database = await place.open();
  store = await openStore({ database, keys });
  const data = async () => ({ database, keys, setAside: undefined });
  operations = createStoreOperations({
    data,
    dataToRestore: data,
    store: async () => store,
    whileSuspended: (work) => work(),
  });
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => place.dispose());

const folder = () => mkdtempSync(join(tmpdir(), 'orienta-control-'));
const socketOf = (dataDir: string) => join(dataDir, 'control', 'orienta.sock');

async function serve(dataDir: string, own: Operations = operations): Promise<ControlServer> {
  const server = await openControlServer(dataDir, own, silentLog);
  servers.push(server);
  return server;
}

async function client(dataDir: string): Promise<Operations> {
  const connected = await connectToRunning(dataDir);
  if (connected === undefined) throw new Error('nobody answers');
  return connected.operations;
}

async function makeDeadLetter(): Promise<string> {
  const { id } = await store.inbox.accept({
    channel: 'web',
    platformId: crypto.randomUUID(),
    conversation: `web:${crypto.randomUUID()}` as ConversationId,
    sender: [{ kind: 'web-session', value: crypto.randomUUID() }],
    audience: 'public',
    text: 'hola',
    receivedAt: new Date(),
  });
  const [turn] = await store.inbox.claim({ limit: 1, leaseMs: 60_000 });
  if (turn === undefined) throw new Error('nothing to claim');
  await store.inbox.giveUp(turn, 'perdón');
  return id;
}

describe('linking WhatsApp through the control socket', () => {
  it('begins once, looks often, and gives the code to the command alone', async () => {
    const dataDir = folder();
    const asked: LinkRequest[] = [];
    const linkWhatsApp = async (request: LinkRequest): Promise<LinkStatus> => {
      asked.push(request);
      return { state: 'waiting', qr: '2@secreto' };
    };
    await serve(dataDir, { ...operations, linkWhatsApp });
    const remote = await client(dataDir);
    expect(await remote.linkWhatsApp({ begin: true, phone: '50255550101' })).toEqual({
      state: 'waiting',
      qr: '2@secreto',
    });
    await remote.linkWhatsApp({ begin: false });
    expect(asked).toMatchObject([{ begin: true, phone: '50255550101' }, { begin: false }]);
  });

  it('says how to start where no process serves people', async () => {
    await expect(operations.linkWhatsApp({ begin: true })).rejects.toMatchObject({
      code: 'CHANNEL_UNAVAILABLE',
      message: expect.stringContaining('WHATSAPP_ENABLED=true'),
    });
  });
});

describe('the control socket', () => {
  it('is its owner’s alone', async () => {
    const dataDir = folder();
    await serve(dataDir);
    expect(statSync(socketOf(dataDir)).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'control')).mode & 0o777).toBe(0o700);
  });

  it('carries every operation and its result', async () => {
    const dataDir = folder();
    await serve(dataDir);
    const remote = await client(dataDir);
    const id = await makeDeadLetter();
    expect(await remote.listDeadLetters()).toEqual(await operations.listDeadLetters());
    expect(await remote.listDeadLetters()).toMatchObject([{ id, kind: 'message', since: expect.any(Date) }]);
    const backup = join(folder(), 'respaldo');
    expect(await remote.backup(backup)).toMatchObject({ keyIds: ['a'], rows: expect.any(Number) });
    expect(await remote.resendDeadLetter(id)).toMatchObject({ id });
    expect(await remote.listDeadLetters()).toEqual([]);
    expect(await remote.restore(backup)).toEqual({ erasures: 0 });
    expect(await remote.listDeadLetters()).toMatchObject([{ id }]);
  });

  it('carries faults with their code and sentence', async () => {
    const dataDir = folder();
    await serve(dataDir);
    const remote = await client(dataDir);
    await expect(remote.resendDeadLetter('FFFFFFFF')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('FFFFFFFF'),
    });
    await expect(remote.backup(tmpdir())).rejects.toMatchObject({ code: 'USAGE' });
    await expect(remote.restore('/no/such/folder')).rejects.toMatchObject({ code: 'BACKUP_INVALID' });
  });

  it('tells nothing of a fault that is no operator’s', async () => {
    const dataDir = folder();
    const broken = { ...operations, listDeadLetters: () => Promise.reject(new TypeError('secreto')) };
    await serve(dataDir, broken);
    const failure = (await client(dataDir)).listDeadLetters();
    await expect(failure).rejects.toMatchObject({ message: expect.not.stringContaining('secreto') });
  });

  it('answers what it does not know with a fault, and goes on', async () => {
    const dataDir = folder();
    await serve(dataDir);
    const post = async (body: string): Promise<string> => {
      const asking = request({ socketPath: socketOf(dataDir), method: 'POST' });
      asking.end(body);
      const [response] = await once(asking, 'response');
      let text = '';
      for await (const chunk of response) text += String(chunk);
      return text;
    };
    for (const body of ['', '{', '{"kind":"otro"}', 'x'.repeat(100_000)]) {
      expect(await post(body), body.slice(0, 20)).toContain('MALFORMED_REQUEST');
    }
    expect(await (await client(dataDir)).listDeadLetters()).toBeInstanceOf(Array);
  });

  it('is not there while nobody runs', async () => {
    expect(await connectToRunning(folder())).toBeUndefined();
    const dataDir = folder();
    const server = await serve(dataDir);
    await server.close();
    expect(await connectToRunning(dataDir)).toBeUndefined();
    expect(existsSync(socketOf(dataDir))).toBe(false);
  });

  it('that a killed process left behind counts as nobody, and the next process takes its place', async () => {
    const dataDir = folder();
    mkdirSync(join(dataDir, 'control'));
    await leaveSocket(socketOf(dataDir));
    expect(existsSync(socketOf(dataDir))).toBe(true);
    expect(await connectToRunning(dataDir)).toBeUndefined();
    await serve(dataDir);
    expect(await (await client(dataDir)).listDeadLetters()).toBeInstanceOf(Array);
  });

  it('of a living process is left alone', async () => {
    const dataDir = folder();
    await serve(dataDir, { ...operations, listDeadLetters: async () => [] });
    await serve(dataDir, { ...operations, listDeadLetters: () => Promise.reject(new Error('the second')) });
    expect(await (await client(dataDir)).listDeadLetters()).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('works under a path too long for a socket', async () => {
    const dataDir = join(folder(), 'x'.repeat(120));
    await serve(dataDir);
    expect(existsSync(socketOf(dataDir))).toBe(true);
    expect(await (await client(dataDir)).listDeadLetters()).toBeInstanceOf(Array);
    rmSync(dataDir, { recursive: true });
  });
});

/** Listens on a socket in a process that is then killed. */
async function leaveSocket(path: string): Promise<void> {
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}
