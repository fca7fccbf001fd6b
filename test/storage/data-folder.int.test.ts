import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBackup } from '#src/storage/backup.ts';
import { loadDataKeys, parseDataKeys } from '#src/storage/data-keys.ts';
import { lockDataDir } from '#src/storage/data-lock.ts';
import { openDatabase } from '#src/storage/database.ts';
import { openPglite } from '#src/storage/pglite-engine.ts';
import { pgliteDatabase, silentLog } from '../support/databases.ts';

/*
 * /proc is there and takes no folders, and Node's own recursive mkdir tries for ever there: were it used, these tests
 * would never end.
 */
const dataDir = '/proc/orienta/data';
const refusal = {
  name: 'AppError',
  code: 'STORE_UNUSABLE',
  message: expect.stringContaining(`No se puede escribir en la carpeta de datos ${dataDir}`),
};

test('a data folder that the system does not take is refused at once, by every part that would make it', async () => {
  await expect(openDatabase({ dataDir, log: silentLog })).rejects.toMatchObject(refusal);
  await expect(lockDataDir(dataDir)).rejects.toMatchObject(refusal);
  expect(() => loadDataKeys({ dataKeys: undefined, dataDir, production: false })).toThrow(
    expect.objectContaining(refusal),
  );
});

test('a database is refused in a folder that is there and takes nothing', async () => {
  await expect(openPglite('/proc')).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
});

test('a backup into a folder that the system does not take is refused at once', async () => {
  const place = await pgliteDatabase();
  try {
    const database = await place.open();
    const keys = parseDataKeys(`a:${Buffer.alloc(32, 1).toString('base64')}`);
    await expect(createBackup({ database, keys }, join(dataDir, 'respaldo'))).rejects.toMatchObject(refusal);
  } finally {
    await place.dispose();
  }
});
