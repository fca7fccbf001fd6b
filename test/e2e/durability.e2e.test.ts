import { cpSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';
import { askInTeams } from '../support/ask-in-teams.ts';
import { findServer, preparedDataDir, serverDatabase } from '../support/databases.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { startTeamsConnector, type TeamsConnector } from '../support/teams-connector.ts';

const ARTICLE_6 = '¿Qué dice el artículo 6 del Código de Migración?';
const ARTICLE_46 = '¿Qué dice el artículo 46 del Código de Migración?';
const DATA_KEYS = `pruebas:${Buffer.alloc(32, 9).toString('base64')}`;
/** Deliveries that one process has under way at most: so many may reach their people again when it is killed. */
const DELIVERIES_AT_ONCE = 4;
/** Short of the limit of messages a minute that each conversation has. */
const MOST_A_TALK = 25;
const DRAIN_MS = 60_000;

const folders: string[] = [];
const processes: RunningOrienta[] = [];
let people: TeamsConnector;

beforeAll(async () => {
  people = await startTeamsConnector();
});
afterEach(async () => {
  people.refuseWith(undefined);
  for (const orienta of processes.splice(0)) await orienta.kill();
});
afterAll(async () => {
  await people.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A data folder with an index and an empty database: making them anew takes seconds. */
async function dataFolder(): Promise<string> {
  const folder = await preparedDataDir('durable');
  folders.push(folder);
  const own = inject('dataDir');
  cpSync(own, folder, {
    recursive: true,
    filter: (source) => source === own || !/^(db|db\.new|lock|keys|.*\.sock)$/.test(basename(source)),
  });
  return folder;
}

async function start(env: Readonly<Record<string, string>>): Promise<RunningOrienta> {
  const orienta = await startOrienta({ DATA_KEYS, ADMIN_PORT: '0', ...env });
  processes.push(orienta);
  return orienta;
}

const ask = (address: string, conversation: string, id: string, text: string) =>
  askInTeams(people, address, { conversation, id, text });
const until = (check: () => void | Promise<void>, timeout = 30_000) =>
  vi.waitFor(check, { timeout, interval: 50 });

describe('one process', () => {
  test('killed before it could deliver an answer delivers it once after the restart', async () => {
    const DATA_DIR = await dataFolder();
    const first = await start({ DATA_DIR });
    people.refuseWith({ status: 503 });
    expect(await ask(first.address, 'a', 'a1', ARTICLE_46)).toBe(200);
    const before = people.tries();
    await until(() => expect(people.tries()).toBeGreaterThan(before));
    await first.kill();
    people.refuseWith(undefined);
    expect(people.messagesTo('a')).toEqual([]);

    const second = await start({ DATA_DIR });
    await until(() => expect(people.messagesTo('a')).toHaveLength(1));
    expect(people.messagesTo('a')[0]).toContain('46');
    // The platform sends again what it believes unheard; a later question shows that nothing else is on its way.
    expect(await ask(second.address, 'a', 'a1', ARTICLE_46)).toBe(200);
    expect(await ask(second.address, 'a', 'a2', ARTICLE_6)).toBe(200);
    await until(() => expect(people.messagesTo('a')).toHaveLength(2));
    expect(await second.stop()).toBe(0);
  }, 90_000);

  test('refuses to open what another process has open, with one sentence, and harms it in nothing', async () => {
    const DATA_DIR = await dataFolder();
    const first = await start({ DATA_DIR });
    const second = start({ DATA_DIR });
    await expect(second).rejects.toThrow(
      /stopped at start with 1:\nLa carpeta de datos [^\n]+ ya está en uso por el proceso \d+[^\n]+\n$/,
    );
    expect(await ask(first.address, 'b', 'b1', ARTICLE_46)).toBe(200);
    await until(() => expect(people.messagesTo('b')).toHaveLength(1));
  }, 90_000);
});

const server = await findServer();
if ('missing' in server) {
  const reason = `left out: no PostgreSQL server answers (${server.missing}); set TEST_DATABASE_URL`;
  process.stderr.write(`several processes on one PostgreSQL ${reason}\n`);
  test(`several processes on one PostgreSQL ${reason}`, () => {});
}

describe.runIf('url' in server)('on one PostgreSQL', () => {
  const url = 'url' in server ? server.url : '';
  let place: Awaited<ReturnType<typeof serverDatabase>>;
  beforeAll(async () => {
    place = await serverDatabase(url);
  });
  afterAll(() => place.dispose());
  const gateway = async (databaseUrl = place.url) =>
    start({ DATA_DIR: await dataFolder(), DATABASE_URL: databaseUrl });

  /** Messages that do not have exactly one reply stored. */
  const withoutOneReply = async () => {
    const database = await place.open();
    const { rows } = await sql<{ id: string }>`
      select id from inbox i where (select count(*) from outbox o where o.message = i.id) <> 1`.execute(
      database.sql,
    );
    return rows;
  };

  test('a web question is answered where it was asked, whichever process works it out', async () => {
    const [a, b] = [await gateway(), await gateway()];
    const closedBy = (orienta: RunningOrienta) => orienta.log().match(/turn closed/g)?.length ?? 0;
    let asked = 0;
    while (closedBy(b) === 0 && asked < 1_000) {
      const round = Array.from({ length: 100 }, (_, index) =>
        askWeb(a.address, index % 2 === 0 ? '6' : '46'),
      );
      asked += round.length;
      for (const [index, articles] of (await Promise.all(round)).entries()) {
        expect(articles).toContain(index % 2 === 0 ? '6' : '46');
      }
    }
    expect(closedBy(b)).toBeGreaterThan(0);
    expect(closedBy(a) + closedBy(b)).toBe(asked);
  }, 120_000);

  test('of two processes under load one is killed: nothing is lost or answered twice, the other does the rest', async () => {
    const [a, b] = [await gateway(), await gateway()];
    const addresses = [a.address, b.address];
    const load = startLoad('kill', 20, () => addresses[Math.floor(Math.random() * addresses.length)] ?? '');
    await load.reaches(40);
    await b.kill();
    addresses.pop();
    await load.reaches(80);
    const taken = await load.stop();
    await until(() => {
      for (const [talk, count] of taken) expect(people.messagesTo(talk).length).toBeGreaterThanOrEqual(count);
    }, DRAIN_MS);
    const total = sum(taken.values());
    const delivered = sum([...taken.keys()].map((talk) => people.messagesTo(talk).length));
    expect(delivered - total).toBeLessThanOrEqual(DELIVERIES_AT_ONCE);
    expect(await withoutOneReply()).toEqual([]);
  }, 120_000);

  describe('whose network breaks', () => {
    let proxy: TcpProxy;
    let proxied: string;
    beforeAll(async () => {
      const { hostname, port } = new URL(url);
      proxy = await startTcpProxy({ host: hostname, port: Number(port || '5432') });
      const own = new URL(place.url);
      own.host = `127.0.0.1:${proxy.port}`;
      proxied = own.href;
    });
    afterAll(() => proxy.close());

    test.each([
      ['refuses connections', () => proxy.cut()],
      ['swallows what is sent', async () => proxy.swallow()],
    ])(
      'and %s for seconds: nothing that was acknowledged is lost, and the process stays',
      async (how, breaks) => {
        const orienta = await gateway(proxied);
        const statuses: (number | undefined)[] = [];
        const load = startLoad(
          how,
          10,
          () => orienta.address,
          (status) => statuses.push(status),
        );
        await load.reaches(10);
        const before = load.count();
        await breaks();
        await sleep(20_000);
        await proxy.restore();
        await load.reaches(before + 20);
        const taken = await load.stop();
        expect(new Set(statuses)).toEqual(new Set([200, 503]));
        await until(() => {
          for (const [talk, count] of taken)
            expect([talk, people.messagesTo(talk).length]).toEqual([talk, count]);
        }, DRAIN_MS);
        expect(orienta.hasEnded()).toBe(false);
        expect((await fetch(`${orienta.address}/readyz`)).status).toBe(200);
        expect(await orienta.stop()).toBe(0);
      },
      150_000,
    );
  });
});

const chatSchema = z.object({
  kind: z.literal('answer'),
  citations: z.array(z.object({ article: z.string() })),
});

async function askWeb(address: string, article: string): Promise<readonly string[]> {
  const response = await fetch(`${address}/api/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text: article === '6' ? ARTICLE_6 : ARTICLE_46 }),
  });
  return chatSchema.parse(await response.json()).citations.map((citation) => citation.article);
}

interface Load {
  /** How many questions were acknowledged. */
  count(): number;
  /** Waits until so many were. */
  reaches(count: number): Promise<void>;
  /** @returns how many were, by conversation */
  stop(): Promise<ReadonlyMap<string, number>>;
}

/** People who ask one question after another, each again until it is acknowledged. */
function startLoad(
  name: string,
  talks: number,
  address: () => string,
  onStatus: (status: number | undefined) => void = () => {},
): Load {
  const taken = new Map<string, number>();
  let running = true;
  const talk = async (conversation: string): Promise<void> => {
    for (let number = 1; running && number <= MOST_A_TALK; number += 1) {
      for (;;) {
        const status = await ask(address(), conversation, `${conversation} ${number}`, ARTICLE_46);
        onStatus(status);
        if (status === 200) break;
        await sleep(100);
      }
      taken.set(conversation, number);
      await sleep(Math.random() * 400);
    }
  };
  const all = Array.from({ length: talks }, (_, index) => talk(`${name} ${index}`));
  const count = () => sum(taken.values());
  return {
    count,
    reaches: (wanted) => until(() => expect(count()).toBeGreaterThanOrEqual(wanted)),
    async stop() {
      running = false;
      await Promise.all(all);
      return taken;
    },
  };
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}
