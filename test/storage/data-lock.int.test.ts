import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { lockDataDir } from '#src/storage/data-lock.ts';
import { ownIdentity, type ProcessIdentity } from '#src/storage/process-identity.ts';
import { tempDir } from '../support/databases.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that stays until it is killed. */
function liveProcess(): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(child);
  const { pid } = child;
  if (pid === undefined) throw new Error('no process');
  return Object.assign(child, { pid });
}

function startTicks(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function plant(dataDir: string, owner: { readonly pid: number } & Partial<ProcessIdentity>): string {
  mkdirSync(join(dataDir, 'lock'), { recursive: true });
  const file = join(dataDir, 'lock', `${owner.pid}-planted.lock`);
  writeFileSync(file, JSON.stringify({ ...ownIdentity(), since: '2026-01-01T00:00:00Z', ...owner }));
  return file;
}

describe('the lock of the data folder', () => {
  test('refuses a second opener, names the first, and is free after it', async () => {
    const dataDir = tempDir('lock');
    const lock = await lockDataDir(dataDir);
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`proceso ${process.pid}`),
    });
    lock.release();
    lock.release();
    (await lockDataDir(dataDir)).release();
    expect(readdirSync(join(dataDir, 'lock'))).toEqual([]);
  });

  test('of many openers at once lets at most one in', async () => {
    const dataDir = tempDir('lock');
    for (let round = 0; round < 5; round += 1) {
      const tries = await Promise.allSettled(Array.from({ length: 6 }, () => lockDataDir(dataDir)));
      const locks = tries.filter((result) => result.status === 'fulfilled');
      expect(locks.length).toBeLessThanOrEqual(1);
      for (const lock of locks) lock.value.release();
    }
  });

  test('of a killed owner is stale at once', async () => {
    const dataDir = tempDir('lock');
    const owner = liveProcess();
    plant(dataDir, { pid: owner.pid, startTicks: startTicks(owner.pid) });
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    (await lockDataDir(dataDir)).release();
  });

  test('of a dead owner whose pid lives on in another process is stale', async () => {
    const dataDir = tempDir('lock');
    const stranger = liveProcess();
    plant(dataDir, { pid: stranger.pid, startTicks: '1' });
    (await lockDataDir(dataDir)).release();
  });

  test('of another machine or container counts while it beats', async () => {
    const dataDir = tempDir('lock');
    const file = plant(dataDir, { pid: 1, place: 'elsewhere', host: 'otro-equipo' });
    await expect(lockDataDir(dataDir)).rejects.toThrow('otro-equipo');
    const longAgo = new Date(Date.now() - 61_000);
    utimesSync(file, longAgo, longAgo);
    (await lockDataDir(dataDir)).release();
  });

  test('that nobody can read is respected', async () => {
    const dataDir = tempDir('lock');
    mkdirSync(join(dataDir, 'lock'), { recursive: true });
    writeFileSync(join(dataDir, 'lock', 'x.lock'), '{"pid":');
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
  });
});
