import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { type Alarm, createBossAlarm } from '#src/storage/boss-alarm.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import type { ClaimedDue } from '#src/storage/schedule.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import { type HandleDue, runDue } from '#src/upkeep/due-work.ts';
import { createHousekeeping, HOUSEKEEPING, planHousekeeping } from '#src/upkeep/housekeeping.ts';
import { createTicks, type Ticks } from '#src/upkeep/ticks.ts';
import {
  findServer,
  pgliteDatabase,
  serverDatabase,
  silentLog,
  type TestDatabase,
} from '../support/databases.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const keys = parseDataKeys(key('a', 1));
const LEASE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const running = new AbortController().signal;

const server = await findServer();
const places: [string, () => Promise<TestDatabase>][] = [['PGlite', pgliteDatabase]];
if ('url' in server) places.push(['PostgreSQL', () => serverDatabase(server.url)]);
else process.stderr.write(`timed work on PostgreSQL left out: no server answers (${server.missing})\n`);

describe.each(places)('timed work on %s', (_name, make) => {
  let place: TestDatabase;
  let databases: readonly Database[];
  let stores: readonly Store[];
  let clock: FakeClock;
  let handled: string[];
  const ticking: Ticks[] = [];

  beforeAll(async () => {
    place = await make();
    databases = [await place.open(), await place.open(), await place.open()];
  });
  beforeEach(async () => {
    clock = createFakeClock();
    handled = [];
    await run(
      'truncate secrets, people, people_merged, aliases, conversations, inbox, turns, outbox, leases, schedule cascade',
    );
    stores = await Promise.all(databases.map((database) => openStore({ database, keys, clock })));
  });
  afterEach(async () => {
    for (const ticks of ticking.splice(0)) await ticks.stop(5_000);
  });
  afterAll(() => place.dispose());

  const run = async (text: string) => databases[0]?.sql.executeQuery<{ n: number }>(CompiledQuery.raw(text));
  const count = async (what: string) => (await run(`select count(*)::int as n from ${what}`))?.rows[0]?.n;
  const store = (): Store => {
    const [first] = stores;
    if (first === undefined) throw new Error('no store');
    return first;
  };
  const note: HandleDue = async ({ ref }) => {
    await sleep(5);
    handled.push(ref);
  };
  const tick = (own: Store, owner: string, nudge: HandleDue = note) =>
    runDue({ store: own, log: silentLog, handlers: { nudge }, owner, leaseMs: LEASE }, running);
  const plan = (ref: string, inMs: number) =>
    store().schedule.put({
      key: `nudge ${ref}`,
      kind: 'nudge',
      ref,
      dueAt: new Date(clock.now().getTime() + inMs),
    });

  test('what is due is done once, earliest first, however many gateways tick; what is not due waits', async () => {
    for (const [ref, inMs] of [
      ['tercero', -1],
      ['primero', -3],
      ['segundo', -2],
      ['mañana', DAY],
    ] as const) {
      await plan(ref, inMs);
    }
    const done = await Promise.all(stores.map((own, index) => tick(own, `g${index}`)));
    expect(handled).toEqual(['primero', 'segundo', 'tercero']);
    expect(done.toSorted()).toEqual([0, 0, 3]);
    clock.advance(DAY);
    await Promise.all(stores.map((own, index) => tick(own, `g${index}`)));
    expect(handled.at(-1)).toBe('mañana');
    expect([handled.length, await count('schedule')]).toEqual([4, 0]);
  });

  test('an entry whose gateway died before finishing it comes back when its lease ends', async () => {
    await plan('uno', -1);
    await store().leases.hold('upkeep', 'dead', LEASE);
    expect(await store().schedule.claim({ limit: 1, leaseMs: LEASE, kinds: ['nudge'] })).toHaveLength(1);
    clock.advance(LEASE - 1);
    expect(await tick(store(), 'alive')).toBe(0);
    clock.advance(1);
    expect(await tick(store(), 'alive')).toBe(1);
    expect(handled).toEqual(['uno']);
  });

  test('an entry that is renewed stays with its holder; one that was moved does not', async () => {
    await plan('largo', -1);
    const [due] = await store().schedule.claim({ limit: 1, leaseMs: LEASE });
    if (due === undefined) throw new Error('nothing due');
    clock.advance(LEASE - 1);
    expect(await store().schedule.renew(due, LEASE)).toBe(true);
    clock.advance(LEASE - 1);
    expect(await tick(store(), 'g')).toBe(0);
    await plan('largo', HOUR);
    expect(await store().schedule.renew(due, LEASE)).toBe(false);
  });

  test('an entry whose handler fails is done again later, and holds nothing else up', async () => {
    await plan('malo', -2);
    await plan('bueno', -1);
    let failing = true;
    const nudge: HandleDue = async (due, signal) => {
      if (due.ref === 'malo' && failing) throw new Error('not today');
      await note(due, signal);
    };
    expect(await tick(store(), 'g', nudge)).toBe(1);
    failing = false;
    expect(await tick(store(), 'g', nudge)).toBe(0);
    clock.advance(LEASE);
    expect(await tick(store(), 'g', nudge)).toBe(1);
    expect(handled).toEqual(['bueno', 'malo']);
  });

  test('an entry that its handler moves is kept for its next time', async () => {
    await plan('cada hora', -1);
    const nudge: HandleDue = async (due, signal) => {
      await note(due, signal);
      await plan(due.ref, HOUR);
    };
    await tick(store(), 'g', nudge);
    await tick(store(), 'g', nudge);
    clock.advance(HOUR);
    await tick(store(), 'g', nudge);
    expect(handled).toEqual(['cada hora', 'cada hora']);
  });

  test('entries of a kind that this program does not know are left to one that does', async () => {
    await store().schedule.put({ key: 'x', kind: 'unknown', ref: 'x', dueAt: clock.now() });
    expect(await tick(store(), 'g')).toBe(0);
    expect(await store().schedule.claim({ limit: 1, leaseMs: 1 })).toMatchObject([{ kind: 'unknown' }]);
  });

  describe('housekeeping', () => {
    const housekeeping = (own: Store, owner = 'g') => {
      const handle = createHousekeeping({ store: own, clock, log: silentLog, retentionDays: 30 });
      return runDue(
        { store: own, log: silentLog, handlers: { [HOUSEKEEPING]: handle }, owner, leaseMs: LEASE },
        running,
      );
    };
    const answer = async (own: Store, text: string) => {
      await own.inbox.accept({
        channel: 'whatsapp',
        platformId: text,
        conversation: `whatsapp:${text}` as ConversationId,
        sender: [{ kind: 'whatsapp-phone', value: text }],
        audience: 'public',
        text,
        receivedAt: clock.now(),
      });
      const [turn] = await own.inbox.claim({ limit: 1, leaseMs: LEASE });
      if (turn === undefined) throw new Error('nothing to claim');
      await own.inbox.close(turn, { kind: 'answer', reply: 're', masked: [text], sensitive: false });
      const [delivery] = await own.outbox.claim({ channels: ['whatsapp'], limit: 1, leaseMs: LEASE });
      if (delivery === undefined) throw new Error('nothing to deliver');
      await own.outbox.delivered(delivery, ['p']);
    };

    test('clears what is past its time, and nothing else, once an hour', async () => {
      await answer(store(), 'viejo');
      clock.advance(30 * DAY);
      await answer(store(), 'nuevo');
      await planHousekeeping(store(), clock);
      expect(
        (await Promise.all(stores.map((own, index) => housekeeping(own, `g${index}`)))).toSorted(),
      ).toEqual([0, 0, 1]);
      const tables = ['inbox', 'turns', 'outbox', 'conversations', 'people', 'aliases'];
      expect(await Promise.all(tables.map(count))).toEqual([1, 1, 2, 2, 2, 2]);
      const [clear] = await store().outbox.claim({ channels: ['whatsapp'], limit: 9, leaseMs: LEASE });
      expect(clear).toMatchObject({ kind: 'clear', conversation: 'whatsapp:viejo', payload: '' });
      if (clear !== undefined) await store().outbox.delivered(clear, []);
      await planHousekeeping(store(), clock);
      expect(await housekeeping(store())).toBe(0);
      clock.advance(HOUR);
      expect(await housekeeping(store())).toBe(1);
      expect(await Promise.all(tables.map(count))).toEqual([1, 1, 1, 1, 1, 1]);
    });

    test('seals everything again with the current key', async () => {
      await answer(store(), 'uno');
      await answer(store(), 'dos');
      const [database] = databases;
      if (database === undefined) throw new Error('no database');
      const rotated = parseDataKeys(`${key('b', 2)},${key('a', 1)}`);
      const own = await openStore({ database, keys: rotated, clock });
      await planHousekeeping(own, clock);
      expect(await housekeeping(own)).toBe(1);
      await expect(
        openStore({ database, keys: parseDataKeys(key('b', 2)), clock }),
        'the old key is needed no more',
      ).resolves.toBeDefined();
      expect(await own.people.find({ kind: 'whatsapp-phone', value: 'dos' })).toBeDefined();
      expect(await count("inbox where starts_with(text_sealed, 'v1.b.')")).toBe(2);
    });
  });

  test('of several gateways one is woken, without waiting a minute for what fell due while none ran', async () => {
    await plan('mientras', -1);
    const heard: ClaimedDue[] = [];
    for (const [index, database] of databases.entries()) {
      const own = stores[index] ?? store();
      const nudge: HandleDue = async (due) => void heard.push(due);
      const ticks = createTicks({
        database,
        store: own,
        clock,
        log: silentLog,
        handlers: { nudge },
        pollMs: 50,
      });
      ticking.push(ticks);
      ticks.start();
    }
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 15_000 });
  });

  test('the alarm rings once in its span, whoever listens how often', async () => {
    const secondsLeft = HOUR / 1_000 - ((Date.now() / 1_000) % (HOUR / 1_000));
    if (secondsLeft < 10) await sleep(secondsLeft * 1_000);
    const alarms = databases.map((database) => createBossAlarm(database, HOUR / 1_000));
    await Promise.all(alarms.map((alarm) => alarm.prepare()));
    const listen = async (alarm: Alarm) => alarm.listen(async () => void handled.push('ring'));
    await Promise.all([...alarms, ...alarms].map(listen));
    for (const alarm of alarms) await listen(alarm);
    expect(handled).toEqual(['ring']);
  });
});
