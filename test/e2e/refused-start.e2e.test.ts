import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { packageRoot } from '#src/paths.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import { openDatabase } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import { preparedDataDir, silentLog, tempDir } from '../support/databases.ts';
import { freshDataDir } from '../support/fresh-data-dir.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const folders: string[] = [];
const noted = (folder: string): string => {
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Why no small disk can be had here; undefined when one can. */
const noSmallDisk = ((): string | undefined => {
  if (!isRoot) return 'only root may mount a small disk';
  const folder = noted(tempDir('probe'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `a small disk cannot be mounted here: ${error instanceof Error ? error.message.trim() : error}`;
  }
})();
if (noSmallDisk !== undefined) process.stderr.write(`starting on a full disk is left out: ${noSmallDisk}\n`);

/** Runs the real process until it ends by itself. */
async function refusal(env: Readonly<Record<string, string>>, uid?: number) {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/main.js')], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], PORT: '0', ADMIN_PORT: '0', DATA_KEYS: key('a', 1), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const [code] = await once(child, 'close');
  return { code, said };
}

const oneSentence = (about: RegExp) => ({
  code: 1,
  said: expect.stringMatching(new RegExp(`^(?=[^\\n]*\\n$)[^\\n]*${about.source}`)),
});

/** What the tables hold, by a look that no gateway is needed for. */
async function look(dataDir: string, statement: string): Promise<unknown> {
  const database = await openDatabase({ dataDir, log: silentLog, migrations: [] }).catch(() =>
    openDatabase({ dataDir, log: silentLog }),
  );
  const { rows } = await database.sql.executeQuery(CompiledQuery.raw(statement));
  await database.close();
  return rows;
}

describe('the process refuses to start with one sentence and exit code 1', () => {
  test('with another key than the data was sealed with, and the data stays as it was', async () => {
    const DATA_DIR = noted(await freshDataDir('key'));
    const database = await openDatabase({ dataDir: DATA_DIR, log: silentLog });
    const store = await openStore({ database, keys: parseDataKeys(key('a', 1)) });
    await store.people.resolve([{ kind: 'whatsapp-phone', value: '502' }]);
    await store.close();
    const rows =
      'select value_sealed as v from secrets union all select value_sealed from aliases order by 1';
    const before = await look(DATA_DIR, rows);
    expect(await refusal({ DATA_DIR, DATA_KEYS: key('b', 2) })).toEqual(oneSentence(/DATA_KEYS/));
    expect(await refusal({ DATA_DIR, DATA_KEYS: key('a', 3) })).toEqual(oneSentence(/DATA_KEYS/));
    expect(await look(DATA_DIR, rows)).toEqual(before);
  }, 90_000);

  test('on a half-applied migration, and the tables stay as they were', async () => {
    const DATA_DIR = noted(await freshDataDir('half'));
    await look(DATA_DIR, 'create table people (id int); insert into people values (7)');
    expect(await refusal({ DATA_DIR })).toEqual(oneSentence(/migración 1 \(core\).*a medio hacer/));
    const database = await openDatabase({ dataDir: DATA_DIR, log: silentLog, migrations: [] });
    const { rows } = await database.sql.executeQuery(CompiledQuery.raw('select * from people'));
    await database.close();
    expect(rows).toEqual([{ id: 7 }]);
  }, 90_000);

  test('in a folder that cannot be written, and nothing is in it afterwards', async () => {
    const DATA_DIR = noted(tempDir('readonly'));
    chmodSync(DATA_DIR, 0o555);
    // Nothing is read-only to root: somebody else has to try.
    expect(await refusal({ DATA_DIR }, isRoot ? NOBODY : undefined)).toEqual(
      oneSentence(/No se puede escribir en la carpeta de datos/),
    );
    expect(readdirSync(DATA_DIR)).toEqual([]);
  }, 90_000);

  test.runIf(noSmallDisk === undefined)(
    'on a full disk, and what is there stays as it was',
    async () => {
      const DATA_DIR = noted(tempDir('full'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', DATA_DIR]);
      try {
        expect(await refusal({ DATA_DIR })).toEqual(oneSentence(/No queda espacio en el disco/));
        expect(readdirSync(DATA_DIR)).not.toContain('db');
      } finally {
        execFileSync('umount', ['-l', DATA_DIR]);
      }
    },
    90_000,
  );

  test.runIf(noSmallDisk === undefined)(
    'when the disk filled up since, and works again once there is room',
    async () => {
      const DATA_DIR = noted(tempDir('filled'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', DATA_DIR]);
      try {
        const prepared = noted(await preparedDataDir('filled'));
        execFileSync('cp', ['-a', `${prepared}/.`, DATA_DIR]);
        await look(DATA_DIR, 'create table kept (id int); insert into kept values (7)');
        execFileSync('sh', ['-c', `head -c 300m /dev/zero > ${DATA_DIR}/filler 2>/dev/null || true`]);
        expect(await refusal({ DATA_DIR })).toEqual(oneSentence(/No queda espacio en el disco/));
        rmSync(join(DATA_DIR, 'filler'));
        expect(await look(DATA_DIR, 'select id from kept')).toEqual([{ id: 7 }]);
      } finally {
        execFileSync('umount', ['-l', DATA_DIR]);
      }
    },
    90_000,
  );
});
