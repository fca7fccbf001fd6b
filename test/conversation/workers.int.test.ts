import { Writable } from 'node:stream';
import { CompiledQuery } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConversationId, InboundMessage } from '#src/channels/channel.ts';
import { createAmender, createReceiver } from '#src/conversation/accept-message.ts';
import { createDeliveryWorker } from '#src/conversation/delivery-worker.ts';
import { createTurnWorker, type HandleTurn } from '#src/conversation/turn-worker.ts';
import type { WorkPool } from '#src/conversation/work-pool.ts';
import { AppError, RateLimitedError } from '#src/errors.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import { findServer, pgliteDatabase, serverDatabase, type TestDatabase } from '../support/databases.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { createRecordingChannel, type RecordingChannel, sayReply } from '../support/recording-channel.ts';

const keys = parseDataKeys(`a:${Buffer.alloc(32, 1).toString('base64')}`);
/** These tests move the clock while work runs: no lease may end meanwhile. */
const HOUR = 3_600_000;
const down = new AppError('CHANNEL_UNAVAILABLE', 'down', { retryable: true });
const echo: HandleTurn = async (turn) => ({
  reply: sayReply(`re: ${turn.messages[0].text}`),
  masked: ['masked'],
  sensitive: false,
});

const server = await findServer();
const places: [string, () => Promise<TestDatabase>][] = [['PGlite', pgliteDatabase]];
if ('url' in server) places.push(['PostgreSQL', () => serverDatabase(server.url)]);
else process.stderr.write(`workers on PostgreSQL left out: no server answers (${server.missing})\n`);

describe.each(places)('workers on %s', (_name, make) => {
  let place: TestDatabase;
  let database: Database;
  let second: Database;
  let clock: FakeClock;
  let store: Store;
  let channel: RecordingChannel;
  let logged: string[];
  const pools: WorkPool[] = [];

  beforeAll(async () => {
    place = await make();
    database = await place.open();
    second = await place.open();
  });
  beforeEach(async () => {
    await database.sql.executeQuery(
      CompiledQuery.raw(
        'truncate people, people_merged, aliases, conversations, inbox, turns, outbox cascade',
      ),
    );
    clock = createFakeClock();
    store = await openStore({ database, keys, clock });
    channel = createRecordingChannel();
    logged = [];
  });
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.stop(5_000);
  });
  afterAll(() => place.dispose());

  let counter = 0;
  const message = (
    text: string,
    from = '50255512345',
    more: Partial<InboundMessage> = {},
  ): InboundMessage => {
    counter += 1;
    const conversation = `whatsapp:${from}@c.us` as ConversationId;
    return {
      channel: 'whatsapp',
      id: `m-${counter}`,
      conversation,
      audience: 'public',
      text,
      receivedAt: clock.now(),
      ...more,
    };
  };
  const gateway = (handle: HandleTurn, own = store, mostTries = 4) => {
    const sink = new Writable({
      write(chunk, _encoding, done) {
        logged.push(String(chunk));
        done();
      },
    });
    const log = pino({ level: 'debug' }, sink);
    const shared = {
      store: own,
      clock,
      random: () => 0.5,
      log,
      pollMs: 20,
      leaseMs: HOUR,
      concurrency: 4,
    };
    const deliveries = createDeliveryWorker({ ...shared, channels: [channel], mostTries });
    const turns = createTurnWorker({
      ...shared,
      handle,
      apologise: (_turn, number) => sayReply(`perdón, caso ${number}`),
      onReply: () => deliveries.wake(),
    });
    const isUrgent = (text: string) => text.includes('peligro');
    const accepting = { store: own, isUrgent, onAccepted: () => turns.wake(), log };
    const receive = createReceiver(accepting)(channel);
    const amend = createAmender(accepting)('whatsapp');
    pools.push(turns, deliveries);
    turns.start();
    deliveries.start();
    return { receive, amend, turns, deliveries };
  };
  const sent = () => channel.sent.map(({ text }) => text);
  const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

  test('a message is answered once, though its platform repeats it', async () => {
    const { receive } = gateway(echo);
    const repeated = message('hola');
    await Promise.all([receive(repeated), receive(repeated)]);
    await receive(repeated);
    await receive(message('fin', '50211111111'));
    await until(() => expect(sent().sort()).toEqual(['re: fin', 're: hola']));
    await until(async () => expect(await store.outbox.openCount()).toBe(0));
  });

  test('two gateways answer every message once and each talk in its order', async () => {
    const other = await openStore({ database: second, keys, clock });
    const slow: HandleTurn = async (turn, signal) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      return echo(turn, signal);
    };
    const [one, two] = [gateway(slow), gateway(slow, other)];
    for (let index = 0; index < 60; index += 1) {
      await (index % 2 === 0 ? one : two).receive(message(`${index}`, `5020000000${index % 6}`));
    }
    await until(() => expect(channel.sent).toHaveLength(60));
    for (let talk = 0; talk < 6; talk += 1) {
      const own = channel.sent.filter(({ to }) => to.includes(`5020000000${talk}`)).map(({ text }) => text);
      expect(own).toEqual(Array.from({ length: 10 }, (_, index) => `re: ${index * 6 + talk}`));
    }
  });

  test('a turn that fails three times is apologised for with its case number, and the next message answered', async () => {
    let tries = 0;
    const { receive } = gateway(async (turn, signal) => {
      if (turn.messages[0].text !== 'veneno') return echo(turn, signal);
      tries += 1;
      throw new Error('SECRETO');
    });
    await receive(message('veneno'));
    await receive(message('después'));
    await until(() => {
      clock.advance(1_000);
      expect(channel.sent).toHaveLength(2);
    });
    const [letter] = await store.deadLetters.list();
    expect(sent()).toEqual([`perdón, caso ${letter?.caseNumber}`, 're: después']);
    expect([tries, letter?.kind]).toEqual([3, 'message']);
  });

  test('a turn that keeps ending its process is given up without being tried again', async () => {
    const { id } = await store.inbox.accept({
      ...message('mata'),
      platformId: 'killer',
      sender: [{ kind: 'whatsapp-phone', value: '1' }],
    });
    for (let start = 0; start < 10; start += 1) {
      await store.inbox.claim({ limit: 1, leaseMs: 1 });
      clock.advance(1);
    }
    let handled = false;
    gateway(async (turn, signal) => {
      handled = true;
      return echo(turn, signal);
    });
    await until(() => expect(sent()).toEqual([`perdón, caso ${id.slice(0, 8).toUpperCase()}`]));
    expect(handled).toBe(false);
  });

  test('a delivery waits as long as the platform demands, then goes out once', async () => {
    channel.failures.push(new RateLimitedError('slow down', 60_000));
    const { receive, deliveries } = gateway(echo);
    await receive(message('hola'));
    await until(() => expect(channel.failures).toHaveLength(0));
    await until(() => expect(deliveries.running).toBe(0));
    clock.advance(60_000);
    expect(await store.outbox.claim({ channels: ['whatsapp'], limit: 1, leaseMs: 1 })).toEqual([]);
    expect(sent()).toEqual([]);
    clock.advance(500);
    await until(() => expect(sent()).toEqual(['re: hola']));
  });

  test('a delivery that keeps failing is given up, counted, and the next one goes out', async () => {
    channel.failures.push(down, new Error('not translated'), down, down);
    const { receive } = gateway(echo);
    await receive(message('uno'));
    await receive(message('dos'));
    await until(() => {
      clock.advance(1_000);
      expect(sent()).toEqual(['re: dos']);
    });
    expect(await store.deadLetters.list()).toMatchObject([
      { kind: 'delivery', failures: 4, reason: 'CHANNEL_UNAVAILABLE', canResend: true },
    ]);
  });

  test('a person who cannot be reached is not tried again', async () => {
    channel.failures.push(new AppError('UNREACHABLE_PERSON', 'gone'));
    const { receive } = gateway(echo);
    await receive(message('hola'));
    await until(async () => {
      expect(await store.deadLetters.list()).toMatchObject([{ failures: 1, reason: 'UNREACHABLE_PERSON' }]);
    });
    expect(sent()).toEqual([]);
  });

  test('a channel that is down keeps its deliveries untouched until it is ready', async () => {
    channel.state = { state: 'down', reason: 'no network' };
    channel.failures.push(down);
    const { receive } = gateway(echo);
    await receive(message('hola'));
    await until(async () => expect(await store.outbox.openCount()).toBe(1));
    expect(channel.failures).toHaveLength(1);
    channel.failures.length = 0;
    channel.state = { state: 'ready' };
    await until(() => expect(sent()).toEqual(['re: hola']));
  });

  test('a worker that stops finishes what it can and gives the rest back untouched', async () => {
    let begun = 0;
    const stuck: HandleTurn = async (turn, signal) => {
      begun += 1;
      if (turn.messages[0].text === 'rápido') return echo(turn, signal);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    };
    const { receive, turns } = gateway(stuck);
    await receive(message('rápido', '50200000001'));
    await receive(message('lento', '50200000002'));
    await until(() => expect(begun).toBe(2));
    await turns.stop(50);
    await until(() => expect(sent()).toEqual(['re: rápido']));
    const [again] = await store.inbox.claim({ limit: 5, leaseMs: 1 });
    expect(again).toMatchObject({ claims: 1, failures: 0, messages: [{ text: 'lento' }] });
  });

  describe('fragments on a channel that gathers', () => {
    const joined: HandleTurn = async (turn) => ({
      reply: sayReply(
        turn.messages.map(({ form, text, quoted = '' }) => `${form}:${text}:${quoted}`).join(' '),
      ),
      masked: turn.messages.map(() => null),
      sensitive: false,
    });
    const quiet = 1_000;
    const waits = async (messages: number) =>
      until(async () => expect(await store.inbox.openCount()).toBe(messages));

    test('become one turn with their forms and quotes, and an edit is answered as edited', async () => {
      channel = Object.assign(createRecordingChannel(), { gatherMs: quiet });
      const { receive, amend } = gateway(joined);
      const first = message('pasaprote', undefined, { quoted: 'antes' });
      await receive(first);
      await receive(message('peten', undefined, { form: 'location' }));
      expect(await amend(first.id, 'pasaporte')).toBe('amended');
      await waits(2);
      clock.advance(quiet);
      await until(() => expect(sent()).toEqual(['text:pasaporte:antes location:peten:']));
      expect(await amend(first.id, 'visa')).toBe('closed');
    });

    test('that speak of danger wait for nothing, though they come by an edit', async () => {
      channel = Object.assign(createRecordingChannel(), { gatherMs: HOUR });
      const { receive, amend } = gateway(joined);
      await receive(message('estoy en'));
      await receive(message('peligro'));
      await until(() => expect(sent()).toEqual(['text:estoy en: text:peligro:']));
      const quietly = message('pelig');
      await receive(quietly);
      await waits(1);
      await amend(quietly.id, 'peligro otra vez');
      await until(() => expect(sent()[1]).toBe('text:peligro otra vez:'));
    });
  });

  test('whoever writes under several names is one person', async () => {
    const { receive } = gateway(echo);
    const phone = { kind: 'whatsapp-phone', value: '50255550101' } as const;
    const lid = { kind: 'whatsapp-lid', value: '9001@lid' } as const;
    await receive(message('uno', '50255550101', { names: [phone] }));
    await receive(message('dos', '9001', { names: [lid, phone] }));
    await receive(message('tres', 'nadie'));
    const person = await store.people.find(phone);
    expect(person).toBeDefined();
    expect(await store.people.find(lid)).toBe(person);
    expect(await store.people.find({ kind: 'whatsapp-phone', value: 'whatsapp:nadie@c.us' })).toBeDefined();
  });

  test('a notice follows its reply, once', async () => {
    const notice = sayReply('aviso');
    const { receive } = gateway(async (turn, signal) => ({
      ...(await echo(turn, signal)),
      after: [{ kind: 'notice', reply: notice, onceKey: `notice ${turn.conversation}` }],
    }));
    await receive(message('uno'));
    await receive(message('dos'));
    await until(() => expect(sent()).toEqual(['re: uno', 'aviso', 're: dos']));
    await until(async () => expect(await store.outbox.openCount()).toBe(0));
  });

  describe('a chat that is to be cleared', () => {
    const goodbye: HandleTurn = async (turn, signal) => ({
      ...(await echo(turn, signal)),
      erasePerson: turn.messages[0].text === 'borrar',
    });

    test('is cleared after the farewell, and again until it is done', async () => {
      const cleared: string[] = [];
      const faults = [down, down];
      channel = Object.assign(createRecordingChannel(), {
        clear: async (conversation: ConversationId) => {
          const fault = faults.shift();
          if (fault !== undefined) throw fault;
          cleared.push(`${conversation} after ${channel.sent.length}`);
        },
      });
      const { receive } = gateway(goodbye);
      await receive(message('hola'));
      await until(() => expect(sent()).toEqual(['re: hola']));
      await receive(message('borrar'));
      await until(() => {
        clock.advance(1_000);
        expect(cleared).toEqual(['whatsapp:50255512345@c.us after 2']);
      });
      expect(sent()).toEqual(['re: hola', 're: borrar']);
      await until(async () => expect(await store.outbox.openCount()).toBe(0));
    });

    test('is done with where the platform keeps nothing', async () => {
      const { receive } = gateway(goodbye);
      await receive(message('borrar'));
      await until(() => expect(sent()).toEqual(['re: borrar']));
      await until(async () => expect(await store.outbox.openCount()).toBe(0));
      expect(await store.deadLetters.count()).toBe(0);
    });
  });

  test('nothing that a person wrote or is reached by is logged, through success and failure', async () => {
    channel.failures.push(new Error('SECRETO-PLATAFORMA'));
    const { receive } = gateway(async (turn, signal) => {
      if (turn.failures === 0) throw new Error(`SECRETO in ${turn.messages[0].text}`);
      return echo(turn, signal);
    });
    await receive(message('SECRETO-TEXTO', '50298765432'));
    await until(() => {
      clock.advance(10_000);
      expect(sent()).toEqual(['re: SECRETO-TEXTO']);
    });
    await until(() => expect(logged.join('')).toContain('"delivered"'));
    expect(logged.join('')).not.toMatch(/SECRETO|98765432/);
  });
});
