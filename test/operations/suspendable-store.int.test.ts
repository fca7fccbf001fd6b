import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSuspendableStore } from '#src/operations/suspendable-store.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import { pgliteDatabase, type TestDatabase } from '../support/databases.ts';

const keys = parseDataKeys(`a:${Buffer.alloc(32, 1).toString('base64')}`);
let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await pgliteDatabase();
  database = await place.open();
});
afterAll(() => place.dispose());

const open = () => openStore({ database, keys });

describe('a store that is suspended', () => {
  it('refuses every call until the work is done, and works again afterwards', async () => {
    const { store, whileSuspended } = createSuspendableStore(await open(), open);
    const refused = { code: 'STORE_UNAVAILABLE', retryable: true };
    const done = whileSuspended(async () => {
      await expect(store.ping()).rejects.toMatchObject(refused);
      await expect(store.inbox.openCount()).rejects.toMatchObject(refused);
      await expect(store.transaction(async () => 1)).rejects.toMatchObject(refused);
      await expect(whileSuspended(async () => 1)).rejects.toMatchObject(refused);
      return 'restored';
    });
    expect(await done).toBe('restored');
    await store.ping();
    expect(await store.inbox.openCount()).toBe(0);
  });

  it('lets calls under way end before the work begins', async () => {
    const { store, whileSuspended } = createSuspendableStore(await open(), open);
    const order: string[] = [];
    let release: (() => void) | undefined;
    const held = store
      .transaction(() => new Promise<void>((resolve) => (release = resolve)))
      .then(() => order.push('call'));
    await expect.poll(() => release).toBeDefined();
    const work = whileSuspended(async () => order.push('work'));
    release?.();
    await Promise.all([held, work]);
    expect(order).toEqual(['call', 'work']);
  });

  it('goes on as it was when the work fails', async () => {
    const { store, whileSuspended } = createSuspendableStore(await open(), () => {
      throw new Error('opened anew');
    });
    await expect(whileSuspended(() => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
    await store.ping();
  });

  it('stays refused when it cannot be opened anew', async () => {
    const { store, whileSuspended } = createSuspendableStore(await open(), () =>
      Promise.reject(new Error('other keys')),
    );
    await expect(whileSuspended(async () => 1)).rejects.toThrow('other keys');
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
