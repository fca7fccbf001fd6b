import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '#src/storage/database.ts';
import { migrate } from '#src/storage/migrate.ts';
import { allMigrations } from '#src/storage/migrations/all-migrations.ts';
import type { Migration } from '#src/storage/migrations/migration.ts';
import {
  findServer,
  pgliteDatabase,
  preparedDataDir,
  serverDatabase,
  silentLog,
  type TestDatabase,
} from '../support/databases.ts';

const one: Migration = {
  id: 1,
  name: 'one',
  script: "create table fruit (name text); insert into fruit values ('mango')",
};
const two: Migration = { id: 2, name: 'two', script: 'alter table fruit add column weight int' };
const broken: Migration = {
  id: 2,
  name: 'broken',
  script: 'create table extra (id int); select nothing from nowhere',
};

const server = await findServer();
const places: [string, () => Promise<TestDatabase>][] = [['PGlite', pgliteDatabase]];
if ('url' in server) places.push(['PostgreSQL', () => serverDatabase(server.url)]);
else process.stderr.write(`migrations on PostgreSQL left out: no server answers (${server.missing})\n`);

describe.each(places)('migrations on %s', (_name, make) => {
  let place: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    place = await make();
    database = await place.open();
  });
  beforeEach(() =>
    run('drop table if exists migrations; drop table if exists fruit; drop table if exists extra').then(
      () => undefined,
    ),
  );
  afterAll(() => place.dispose());
  const run = (text: string) => database.sql.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text));
  const fruit = async () => (await run('select * from fruit')).rows;

  test('are applied once, in order, and again only what is new', async () => {
    await migrate(database.sql, [one]);
    await migrate(database.sql, [one, two]);
    await migrate(database.sql, [one, two]);
    expect(await fruit()).toEqual([{ name: 'mango', weight: null }]);
    expect((await run('select id, name from migrations order by id')).rows).toEqual([
      { id: 1, name: 'one' },
      { id: 2, name: 'two' },
    ]);
  });

  test('started by several gateways at once are applied once', async () => {
    const others = await Promise.all([place.open, place.open, place.open].map(async () => database));
    await Promise.all(others.map((other) => migrate(other.sql, [one, two])));
    expect(await fruit()).toHaveLength(1);
  });

  test('that fail half-way leave nothing of themselves', async () => {
    await migrate(database.sql, [one]);
    await expect(migrate(database.sql, [one, broken])).rejects.toMatchObject({
      code: 'MIGRATION_REFUSED',
      message: expect.stringContaining('migración 2 (broken)'),
    });
    expect((await run("select to_regclass('extra') as extra")).rows).toEqual([{ extra: null }]);
    expect(await fruit()).toEqual([{ name: 'mango' }]);
    await migrate(database.sql, [one, two]);
  });

  test('find tables that they did not make and refuse', async () => {
    await run('create table fruit (id int); insert into fruit values (7)');
    await expect(migrate(database.sql, [one])).rejects.toThrow(/a medio hacer o ajenas/);
    expect(await fruit()).toEqual([{ id: 7 }]);
  });

  test('of a newer program, or changed ones, are refused and the data stays', async () => {
    await migrate(database.sql, [one, two]);
    await expect(migrate(database.sql, [one])).rejects.toThrow(/versión más nueva/);
    const changed = { ...one, script: `${one.script} ` };
    await expect(migrate(database.sql, [changed, two])).rejects.toThrow(/no es la que este programa conoce/);
    expect(await fruit()).toHaveLength(1);
  });
});

test('a database of the first two steps is brought to the third, and keeps no occasion in clear', async () => {
  const dataDir = await preparedDataDir('migrate');
  const open = (migrations: readonly Migration[]) => openDatabase({ dataDir, log: silentLog, migrations });
  const before = await open(allMigrations.slice(0, 2));
  const id = randomUUID();
  const script = `
    insert into people (id, created_at) values ('${id}', now());
    insert into conversations (id, lookup, channel, address_sealed, person, created_at)
      values ('${id}', 'l', 'whatsapp', 'x', '${id}', now());
    insert into inbox (id, lookup, conversation, person, audience, state, due_at, received_at)
      values ('${id}', 'l', '${id}', '${id}', 'public', 'open', now(), now());
    insert into outbox (id, conversation, person, kind, once_key, state, due_at, created_at)
      values ('${id}', '${id}', '${id}', 'reply', 'too-many whatsapp:50255550101 1', 'open', now(), now())`;
  await before.sql.executeQuery(CompiledQuery.raw(script));
  await before.close();
  const after = await open(allMigrations);
  const columns = ['form', 'quoted_sealed', 'burst', 'due_by'] as const;
  const gathered = await after.sql.selectFrom('inbox').select(columns).execute();
  const occasions = await after.sql.selectFrom('outbox').select('once_key').execute();
  await after.close();
  rmSync(dataDir, { recursive: true, force: true });
  expect(gathered).toEqual([{ form: 'text', quoted_sealed: null, burst: null, due_by: null }]);
  expect(occasions).toEqual([{ once_key: null }]);
});

test('migrations are numbered without gaps', () => {
  expect(allMigrations.map((step) => step.id)).toEqual(allMigrations.map((_, index) => index + 1));
});
