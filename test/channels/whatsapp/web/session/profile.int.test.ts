import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killBrowsersOf, removeStaleLocks } from '#src/channels/whatsapp/web/session/browser-of-profile.ts';
import { createProfileKeeper } from '#src/channels/whatsapp/web/session/profile-keeper.ts';
import { createProfileSnapshot } from '#src/channels/whatsapp/web/session/profile-snapshot.ts';
import { CHROMIUM_ARGS, findChromium } from '../../../../support/chromium.ts';
import { isAlive, until } from '../door.ts';

const DAY_MS = 86_400_000;
let dir: string;
let profile: string;
let snapshotDir: string;

function write(path: string, text = path): void {
  mkdirSync(join(profile, path, '..'), { recursive: true });
  writeFileSync(join(profile, path), text);
}

function locked(): boolean {
  return lstatSync(join(profile, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'orienta-profile-'));
  profile = join(dir, 'session-orienta');
  snapshotDir = join(dir, 'snapshot-orienta');
  mkdirSync(profile);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('a snapshot of the profile', () => {
  it('has what the session needs, and nothing that the browser makes again', async () => {
    write('Default/IndexedDB/https_web.whatsapp.com_0/000003.log', 'the session');
    write('Default/Local Storage/leveldb/CURRENT');
    write('Default/Service Worker/Database/CURRENT');
    for (const path of [
      'Default/Cache/x',
      'Default/Code Cache/x',
      'GPUCache/x',
      'Default/Service Worker/CacheStorage/x',
    ])
      write(path);
    symlinkSync('host-1', join(profile, 'SingletonLock'));
    const snapshot = createProfileSnapshot(profile, snapshotDir, DAY_MS);
    await snapshot.take();
    const files = readdirSync(snapshotDir, { recursive: true }).map(String);
    expect(files.filter((path) => /Cache|Singleton/.test(path))).toEqual([]);
    expect(files).toContain('Default/Service Worker/Database/CURRENT');
    expect(readdirSync(dir).toSorted()).toEqual(['session-orienta', 'snapshot-orienta']);
    expect(statSync(snapshotDir).mode & 0o777).toBe(0o700);

    rmSync(join(profile, 'Default'), { recursive: true });
    write('torn');
    await snapshot.restore();
    expect(readdirSync(profile)).toEqual(['Default']);
    const log = join(profile, 'Default/IndexedDB/https_web.whatsapp.com_0/000003.log');
    expect(readFileSync(log, 'utf8')).toBe('the session');
  });

  it('that is cut off leaves the one before', async () => {
    const snapshot = createProfileSnapshot(profile, snapshotDir, DAY_MS);
    write('Default/one');
    await snapshot.take();
    write('Default/two');
    await expect(snapshot.take(AbortSignal.abort())).rejects.toThrow();
    expect(readdirSync(join(snapshotDir, 'Default'))).toEqual(['one']);
    expect(existsSync(`${snapshotDir}.new`)).toBe(false);
  });

  it('that was being moved when the machine stopped is found again', async () => {
    mkdirSync(`${snapshotDir}.old`);
    expect(createProfileSnapshot(profile, snapshotDir, DAY_MS).canRestore(new Date())).toBe(true);
  });

  it('that is old is not restored, and is deleted', async () => {
    write('Default/one');
    const snapshot = createProfileSnapshot(profile, snapshotDir, DAY_MS);
    await snapshot.take();
    expect(snapshot.canRestore(new Date())).toBe(true);
    const old = new Date(Date.now() - 2 * DAY_MS);
    utimesSync(snapshotDir, old, old);
    expect(snapshot.canRestore(new Date())).toBe(false);
    const parts = {
      sessionDir: dir,
      snapshotAgeMs: DAY_MS,
      now: () => new Date(),
      log: pino({ level: 'silent' }),
    };
    await createProfileKeeper(parts).prepare('none');
    expect(existsSync(snapshotDir)).toBe(false);
  });
});

describe('the locks of a browser', () => {
  it.each([
    ['of another host', () => 'another-host-1'],
    ['whose process is gone', () => `${hostname()}-4194304`],
    ['whose number another program has by now', () => `${hostname()}-${process.pid}`],
  ])('%s are removed', (_what, target) => {
    symlinkSync(target(), join(profile, 'SingletonLock'));
    symlinkSync('/nowhere', join(profile, 'SingletonSocket'));
    removeStaleLocks(profile);
    expect(readdirSync(profile)).toEqual([]);
  });

  it('that lives stay, until it is killed', async () => {
    const browser = startChromium();
    try {
      await until(locked, 'the lock');
      removeStaleLocks(profile);
      expect(locked()).toBe(true);
      killBrowsersOf(join(dir, 'session-orient'));
      killBrowsersOf(dir);
      expect(isAlive(browser.pid)).toBe(true);
      killBrowsersOf(profile);
      await until(() => !isAlive(browser.pid), 'the end of the browser');
      removeStaleLocks(profile);
      expect(locked()).toBe(false);
    } finally {
      browser.kill('SIGKILL');
    }
  });
});

/** As puppeteer starts it: in a group of its own. */
function startChromium(): ChildProcess {
  const args = [...CHROMIUM_ARGS, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'];
  return spawn(findChromium(), args, { detached: true, stdio: 'ignore' });
}
