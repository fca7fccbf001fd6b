import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createLog } from '#src/log.ts';
import { type Database, openDatabase } from '#src/storage/database.ts';

export const silentLog = createLog('silent');

/** A place where a test may have a database of its own. */
export interface TestDatabase {
  /** Another opener of the same data: on PGlite the same connection, on a server a pool of its own. */
  open(): Promise<Database>;
  dispose(): Promise<void>;
}

export function tempDir(name: string): string {
  return mkdtempSync(join(tmpdir(), `orienta-${name}-`));
}

/** A data folder that already has an empty database: making one anew takes seconds. */
export async function preparedDataDir(name: string): Promise<string> {
  const template = join(tmpdir(), `orienta-template-${process.pid}`);
  if (!existsSync(template)) {
    const making = tempDir('making');
    await (await openDatabase({ dataDir: making, log: silentLog, migrations: [] })).close();
    cpSync(making, template, { recursive: true });
    rmSync(making, { recursive: true, force: true });
    process.once('exit', () => rmSync(template, { recursive: true, force: true }));
  }
  const dataDir = tempDir(name);
  cpSync(template, dataDir, { recursive: true });
  return dataDir;
}

/** PGlite in a temporary folder. */
export async function pgliteDatabase(): Promise<TestDatabase> {
  const dataDir = await preparedDataDir('pglite');
  const database = await openDatabase({ dataDir, log: silentLog });
  return {
    open: async () => database,
    async dispose() {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const { TEST_DATABASE_URL } = process.env;
const SERVERS = TEST_DATABASE_URL
  ? [TEST_DATABASE_URL]
  : ['postgres://postgres@127.0.0.1:5432/postgres', 'postgres://root@127.0.0.1:5432/postgres'];

/** The server that tests may use, or why there is none. */
export async function findServer(): Promise<{ readonly url: string } | { readonly missing: string }> {
  let missing = '';
  for (const url of SERVERS) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.end();
      return { url };
    } catch (error) {
      missing = error instanceof Error ? error.message || error.name : String(error);
    }
  }
  return { missing };
}

/** A schema of its own on a server, gone after the test. */
export async function serverDatabase(url: string): Promise<TestDatabase & { readonly url: string }> {
  const schema = `orienta_${randomBytes(6).toString('hex')}`;
  await onServer(url, `create schema ${schema}`);
  const own = new URL(url);
  own.searchParams.set('options', `-c search_path=${schema}`);
  const opened: Database[] = [];
  return {
    url: own.href,
    async open() {
      const database = await openDatabase({ databaseUrl: own.href, dataDir: tmpdir(), log: silentLog });
      opened.push(database);
      return database;
    },
    async dispose() {
      for (const database of opened) await database.close();
      // The alarm of timed work has its tables in a schema beside the store's.
      await onServer(url, `drop schema ${schema} cascade; drop schema if exists ${schema}_pgboss cascade`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
