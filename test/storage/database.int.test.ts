import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '#src/paths.ts';
import { openDatabase } from '#src/storage/database.ts';
import { preparedDataDir, silentLog, tempDir } from '../support/databases.ts';

const open = (dataDir: string) => openDatabase({ dataDir, log: silentLog });
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
if (!isRoot) process.stderr.write('the full disk is left out: only root may mount a small one\n');

describe('the database under the data folder', () => {
  test('opened by a second process while the first writes loses no row', async () => {
    const dataDir = await preparedDataDir('two');
    const first = await open(dataDir);
    await sql`create table rows152 (id int primary key)`.execute(first.sql);
    const attempts: string[] = [];
    for (let id = 1; id <= 152; id += 1) {
      await sql`insert into rows152 values (${id}::int)`.execute(first.sql);
      if (id % 50 === 0) attempts.push(await openElsewhere(dataDir));
    }
    await first.close();
    const again = await open(dataDir);
    const { rows } = await sql<{ count: number }>`select count(*) as count from rows152`.execute(again.sql);
    await again.close();
    expect(rows).toEqual([{ count: 152 }]);
    const refused = expect.stringMatching(/^STORE_LOCKED .*ya está en uso por el proceso/);
    expect(attempts).toEqual([refused, refused, refused]);
    expect(await openElsewhere(dataDir)).toBe('opened');
  }, 60_000);

  test('left half made by a kill is made anew', async () => {
    const dataDir = tempDir('half');
    mkdirSync(join(dataDir, 'db.new', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'db.new', 'PG_VERSION'), '18');
    const database = await open(dataDir);
    await database.close();
    expect(readdirSync(dataDir).sort()).toEqual(['db', 'lock']);
  });

  test('damaged is refused with one sentence, left as it is, and the folder is free again', async () => {
    const dataDir = await preparedDataDir('damaged');
    const control = join(dataDir, 'db', 'global', 'pg_control');
    writeFileSync(control, Buffer.alloc(statSync(control).size, 7));
    await expect(open(dataDir)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringMatching(/está dañada.*orienta restore/),
    });
    expect(readFileSync(control).every((byte) => byte === 7)).toBe(true);
    expect(readdirSync(join(dataDir, 'lock'))).toEqual([]);
  });

  test('in a folder that cannot be written is refused with one sentence', async () => {
    const dataDir = tempDir('readonly');
    chmodSync(dataDir, 0o555);
    // Nothing is read-only to root: somebody else has to try.
    expect(await openElsewhere(dataDir, isRoot ? NOBODY : undefined)).toMatch(
      /^STORE_UNUSABLE No se puede escribir/,
    );
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('where a file stands in the folder’s place is refused with one sentence', async () => {
    const file = join(tempDir('file'), 'data');
    writeFileSync(file, '');
    await expect(open(file)).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining(file),
    });
  });

  test.runIf(isRoot)('on a full disk is refused with one sentence', async () => {
    const dataDir = tempDir('full');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', dataDir]);
    try {
      await expect(open(dataDir)).rejects.toMatchObject({
        code: 'STORE_UNUSABLE',
        message: expect.stringContaining('No queda espacio'),
      });
      expect(existsSync(join(dataDir, 'db'))).toBe(false);
    } finally {
      execFileSync('umount', ['-l', dataDir]);
      rmSync(dataDir, { recursive: true });
    }
  });
});

describe('the database on a server', () => {
  test('that is away is told apart from one that refuses', async () => {
    const port = await freePort();
    const gone = openDatabase({
      databaseUrl: `postgres://127.0.0.1:${port}/x`,
      dataDir: tempDir('pg'),
      log: silentLog,
    });
    await expect(gone).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What another process meets that opens the same folder: `opened`, or an error's code and message. */
async function openElsewhere(dataDir: string, user?: number): Promise<string> {
  const module = pathToFileURL(join(packageRoot, 'dist/src/storage/database.js')).href;
  const script = `
    const { openDatabase } = await import(${JSON.stringify(module)});
    const said = await openDatabase({ dataDir: ${JSON.stringify(dataDir)}, log: console })
      .then((database) => database.close()).then(() => 'opened', (error) => error.code + ' ' + error.message);
    console.log(said);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user }),
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  await once(child, 'close');
  return out.trim();
}
