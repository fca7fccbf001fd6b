import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { createBackup, restoreBackup } from '#src/storage/backup.ts';
import { BACKED_UP } from '#src/storage/backup-files.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import {
  findServer,
  pgliteDatabase,
  serverDatabase,
  type TestDatabase,
  tempDir,
} from '../support/databases.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const server = await findServer();
const places: [string, () => Promise<TestDatabase>][] = [['PGlite', pgliteDatabase]];
if ('url' in server) places.push(['PostgreSQL', () => serverDatabase(server.url)]);
else process.stderr.write(`backups on PostgreSQL left out: no server answers (${server.missing})\n`);

describe.each(places)('backups on %s', (_name, make) => {
  const clock = createFakeClock();
  const secret = Buffer.alloc(32, 5).toString('base64');
  const keys = parseDataKeys(`k5:${secret}`);
  let place: TestDatabase;
  let database: Database;
  let store: Store;
  let folder: string;

  beforeAll(async () => {
    place = await make();
    database = await place.open();
  });
  beforeEach(async () => {
    await run(`truncate ${BACKED_UP.join(', ')} cascade`);
    store = await openStore({ database, keys, clock });
    folder = join(tempDir('backup'), 'respaldo');
    await take('uno', '50200000001');
    await take('dos', '50200000002');
    await store.schedule.put({ key: 'a', kind: 'nudge', ref: 'r', dueAt: clock.now() });
  });
  afterAll(() => place.dispose());

  const run = (text: string) => database.sql.executeQuery(CompiledQuery.raw(text));
  const parts = () => ({ database, keys, clock });
  const take = (text: string, phone: string) =>
    store.inbox.accept({
      channel: 'whatsapp',
      platformId: `${phone} ${text}`,
      conversation: `whatsapp:${phone}` as ConversationId,
      sender: [{ kind: 'whatsapp-phone', value: phone }],
      audience: 'public',
      text,
      receivedAt: clock.now(),
    });
  const everything = async () => {
    const dump: unknown[] = [];
    for (const table of BACKED_UP) {
      dump.push((await run(`select row_to_json(t)::text as line from ${table} t order by 1`)).rows);
    }
    return JSON.stringify(dump);
  };

  test('bring everything back as it was, and what comes next follows on', async () => {
    const before = await everything();
    const manifest = await createBackup(parts(), folder);
    expect(manifest.keyIds).toEqual(['k5']);
    await take('tres', '50200000003');
    expect(await restoreBackup(parts(), folder)).toBe(0);
    expect(await everything()).toBe(before);
    store = await openStore({ database, keys, clock });
    expect((await take('dos', '50200000002')).kind).toBe('duplicate');
    await take('cuatro', '50200000001');
    const turns = await store.inbox.claim({ limit: 9, leaseMs: 1_000 });
    expect(turns.map((turn) => turn.messages[0].text)).toEqual(['uno', 'dos']);
  });

  test('hold neither key nor words nor addresses', async () => {
    await createBackup(parts(), folder);
    const text = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    expect(text).toContain('v1.k5.');
    expect(text.includes(secret) || /"uno"|50200000001/.test(text)).toBe(false);
    expect(statSync(join(folder, 'inbox.jsonl')).mode & 0o077).toBe(0);
  });

  test('erase again who was erased since', async () => {
    await createBackup(parts(), folder);
    const person = await store.people.find({ kind: 'whatsapp-phone', value: '50200000001' });
    await store.erasure.erase(person ?? '');
    expect(await restoreBackup(parts(), folder)).toBe(1);
    store = await openStore({ database, keys, clock });
    expect(await store.people.find({ kind: 'whatsapp-phone', value: '50200000001' })).toBeUndefined();
    expect(await store.people.find({ kind: 'whatsapp-phone', value: '50200000002' })).toBeDefined();
    expect(await store.erasure.list()).toHaveLength(1);
    const clears = await store.outbox.claim({ channels: ['whatsapp'], limit: 9, leaseMs: 1_000 });
    expect(clears).toMatchObject([{ kind: 'clear', conversation: 'whatsapp:50200000001' }]);
  });

  test('that are damaged in any file are refused before anything is touched', async () => {
    await createBackup(parts(), folder);
    await take('tres', '50200000003');
    const before = await everything();
    const damages: [string, (copy: string) => void][] = [
      ['one byte changed', (copy) => flip(join(copy, 'inbox.jsonl'))],
      ['cut short', (copy) => truncateSync(join(copy, 'people.jsonl'), 10)],
      ['a file gone', (copy) => rmSync(join(copy, 'turns.jsonl'))],
      ['no manifest', (copy) => rmSync(join(copy, 'manifest.json'))],
      [
        'a table left out',
        (copy) => edit(copy, (text) => text.replace(/\{\s*"table": "people",[^}]*\},/, '')),
      ],
      [
        'of another version',
        (copy) => edit(copy, (text) => text.replace(/"checksum": "../, '"checksum": "zz')),
      ],
    ];
    for (const [what, damage] of damages) {
      const copy = join(tempDir('copy'), 'respaldo');
      cpSync(folder, copy, { recursive: true });
      damage(copy);
      await expect(restoreBackup(parts(), copy), what).rejects.toMatchObject({ code: 'BACKUP_INVALID' });
    }
    expect(await everything()).toBe(before);
  });

  test('sealed with a key that is not at hand are refused before anything is touched', async () => {
    await createBackup(parts(), folder);
    const before = await everything();
    const other = parseDataKeys(`k6:${Buffer.alloc(32, 6).toString('base64')}`);
    await expect(restoreBackup({ database, keys: other, clock }, folder)).rejects.toThrow(/k5/);
    expect(await everything()).toBe(before);
  });

  test('never overwrite a folder, and leave nothing half made', async () => {
    await createBackup(parts(), folder);
    await expect(createBackup(parts(), folder)).rejects.toMatchObject({ code: 'USAGE' });
    const missing = join(folder, 'manifest.json', 'dentro');
    await expect(createBackup(parts(), missing)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(readdirSync(join(folder, '..'))).toEqual(['respaldo']);
  });
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  writeFileSync(file, bytes);
}

function edit(folder: string, change: (text: string) => string): void {
  const file = join(folder, 'manifest.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, change(text));
}
