import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import type { ClaimedTurn, NewMessage, TurnOutcome } from '#src/storage/inbox.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';

export const KEY_A = `a:${Buffer.alloc(32, 1).toString('base64')}`;
export const KEY_B = `b:${Buffer.alloc(32, 2).toString('base64')}`;
export const LEASE = 30_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Two gateways on the same data, emptied before each test. */
interface Stores {
  readonly database: Database;
  readonly clock: FakeClock;
  readonly store: Store;
  readonly other: Store;
}

/** Opens stores for the tests of a suite, with what they need to write and read. */
export function useStores(make: () => Promise<TestDatabase>) {
  let place: TestDatabase;
  let database: Database;
  let second: Database;
  let stores: Stores;

  beforeAll(async () => {
    place = await make();
    database = await place.open();
    second = await place.open();
  });
  beforeEach(async () => {
    const clock = createFakeClock();
    await run(`truncate secrets, people, people_merged, aliases, conversations, inbox, turns, outbox, write_back, leases,
      schedule, erasures restart identity cascade`);
    const keys = parseDataKeys(KEY_A);
    const store = await openStore({ database, keys, clock });
    stores = { database, clock, store, other: await openStore({ database: second, keys, clock }) };
  });
  afterAll(async () => place.dispose());

  const run = (statement: string) => database.sql.executeQuery(CompiledQuery.raw(statement));
  let counter = 0;
  const message = (text: string, from = '50255512345', more: Partial<NewMessage> = {}): NewMessage => {
    counter += 1;
    return {
      channel: 'whatsapp',
      platformId: `false_${from}@c.us_${counter}`,
      conversation: `whatsapp:${from}@c.us` as ConversationId,
      sender: [{ kind: 'whatsapp-phone', value: from }],
      audience: 'public',
      text,
      receivedAt: stores.clock.now(),
      ...more,
    };
  };
  const claimAll = (from = stores.store) => from.inbox.claim({ limit: 10, leaseMs: LEASE });
  const claimOne = async (from = stores.store): Promise<ClaimedTurn> => {
    const [turn] = await from.inbox.claim({ limit: 1, leaseMs: LEASE });
    if (turn === undefined) throw new Error('nothing to claim');
    return turn;
  };
  const deliveries = (from = stores.store) =>
    from.outbox.claim({ channels: ['whatsapp', 'web', 'teams'], limit: 10, leaseMs: LEASE });
  return {
    now: () => stores,
    run,
    message,
    claimAll,
    claimOne,
    deliveries,
    /** Delivers what waits until nothing is left. @returns what left, in order */
    async deliverAll(): Promise<readonly string[]> {
      const left: string[] = [];
      for (;;) {
        const waiting = await deliveries();
        if (waiting.length === 0) return left;
        for (const delivery of waiting) {
          left.push(delivery.kind === 'clear' ? `clear ${delivery.conversation}` : delivery.payload);
          await stores.store.outbox.delivered(delivery, []);
        }
      }
    },
    async answered(text: string, more: Partial<TurnOutcome> = {}, from?: string): Promise<ClaimedTurn> {
      await stores.store.inbox.accept(message(text, from));
      const turn = await claimOne();
      await stores.store.inbox.close(turn, outcome(`re: ${text}`, more));
      return turn;
    },
    /** Everything that stands in the tables of people and messages. */
    async everything(): Promise<string> {
      const rows = [];
      for (const table of TABLES) rows.push(await database.sql.selectFrom(table).selectAll().execute());
      return JSON.stringify(rows);
    },
  };
}

const TABLES = [
  'secrets',
  'people',
  'people_merged',
  'aliases',
  'conversations',
  'inbox',
  'turns',
  'outbox',
] as const;

export function outcome(reply: string, more: Partial<TurnOutcome> = {}): TurnOutcome {
  return { kind: 'answer', reply, masked: ['masked'], sensitive: false, ...more };
}

export function texts(turns: readonly ClaimedTurn[]): readonly string[] {
  return turns.flatMap((turn) => turn.messages.map((one) => one.text));
}
