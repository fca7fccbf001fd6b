import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#src/errors.ts';
import { createMemoryLeases, type Door, type DoorSettings, isAlive, openDoor, until } from './door.ts';

const doors: Door[] = [];
const SLOW = { firstMs: 60_000, longestMs: 60_000 };

async function start(settings: DoorSettings = {}): Promise<Door> {
  const door = openDoor(settings);
  doors.push(door);
  await door.channel.start(async () => ({ id: 'turn' }));
  return door;
}

async function startReady(settings: DoorSettings = {}): Promise<Door> {
  const door = await start(settings);
  await ready(door);
  return door;
}

function ready({ channel }: Door): Promise<void> {
  return until(() => channel.status().state === 'ready', 'ready');
}

/** Waits for the next life of the child. */
async function readyAgain(door: Door, children = 2): Promise<void> {
  await until(() => door.children.length >= children, `child ${children}`);
  await ready(door);
}

afterEach(async () => {
  await Promise.all(doors.splice(0).map((door) => door.close()));
});

describe('a child that fails', () => {
  it.each([
    ['ends by itself', { test: 'exit', value: 1 }],
    ['ends without a fault that it knows', { test: 'exit', value: 0 }],
    ['throws a bare string', { test: 'throw' }],
  ])('is started again when it %s', async (_what, order) => {
    const door = await startReady();
    door.tell(order);
    await readyAgain(door);
    expect(door.channel.facts()).toMatchObject({ state: 'ready', restarts: 1 });
  });

  it('is ended and started again when it hangs', async () => {
    const door = await startReady({ limits: { silentMs: 200 }, scripts: [{ linkOnStart: true }] });
    door.tell({ test: 'hang' });
    await readyAgain(door);
    expect(isAlive(door.children[0]?.pid)).toBe(false);
  });

  it('is ended when it takes too much memory', async () => {
    const door = await startReady({ limits: { mostBytes: 1_000 } });
    await until(() => door.channel.facts().bytes === 100, 'a beat');
    door.tell({ test: 'bytes', value: 1_001 });
    await readyAgain(door);
    expect(door.log.text()).toContain('memory');
  });

  it('is ended when it stays at the start, although it beats', async () => {
    const scripts = [{ quietStart: true }, { linkOnStart: true }];
    const door = await start({ scripts, limits: { startingMs: 100 } });
    await readyAgain(door);
    expect(door.log.text()).toContain('stuck');
  });

  it('is ended when it never becomes ready after the phone was linked', async () => {
    const scripts = [{ quietStart: true }, { linkOnStart: true }];
    const door = await start({ scripts, limits: { authenticatedMs: 100 } });
    await until(() => door.children.length === 1, 'the child');
    door.tell({ test: 'emit', message: { type: 'state', state: 'authenticated' } });
    await readyAgain(door);
    expect(door.children).toHaveLength(2);
  });

  it('is killed with its browser and helpers when it does not listen', async () => {
    const scripts = [{ linkOnStart: true, stay: true, browser: true }, { linkOnStart: true }];
    const door = await startReady({ scripts });
    await until(() => door.browserPids.length === 2, 'the browser');
    expect(door.browserPids.map(isAlive)).toEqual([true, true]);
    door.tell({ test: 'bytes', value: 1e12 });
    await readyAgain(door);
    await until(() => !door.browserPids.some(isAlive), 'the end of the browser');
    expect(isAlive(door.children[0]?.pid)).toBe(false);
  });

  it('leaves no browser behind when it dies', async () => {
    const door = await startReady({ scripts: [{ linkOnStart: true, browser: true }, { linkOnStart: true }] });
    await until(() => door.browserPids.length === 2, 'the browser');
    door.children[0]?.kill('SIGKILL');
    await readyAgain(door);
    await until(() => !door.browserPids.some(isAlive), 'the end of the browser');
  });

  it('that fails again and again is started less and less often, and says so to operators', async () => {
    const door = await start({
      scripts: [{ quietStart: true }],
      limits: { restart: { firstMs: 30, longestMs: 60_000 } },
    });
    for (let child = 1; child <= 4; child += 1) {
      await until(() => door.children.length === child, `child ${child}`);
      door.tell({ test: 'exit', value: 1 });
      await until(() => door.channel.facts().restarts === child, 'the failure');
    }
    await until(() => door.channel.status().state === 'down', 'down');
    const status = door.channel.status();
    expect('reason' in status && status.reason).toMatch(/reinicio n\.º 4 desde las \d\d:\d\d/);
  });

  it('tells operators what they can mend, by what it said before it failed', async () => {
    const door = await start({ scripts: [{ quietStart: true }], limits: { restart: SLOW } });
    const facts = { error: 'Error', what: 'Failed to launch the browser process' };
    const message = { type: 'log', level: 'error', text: 'the WhatsApp process ends', facts } as const;
    await until(() => door.children.length === 1, 'the child');
    door.tell({ test: 'emit', message });
    door.tell({ test: 'exit', value: 1 });
    await until(() => door.channel.status().state === 'down', 'down');
    expect(door.channel.status()).toMatchObject({ reason: expect.stringContaining('CHROME_PATH') });
  });

  it('counts anew after it was well for long enough', async () => {
    const door = await startReady({ limits: { healthyMs: 50 } });
    door.tell({ test: 'exit', value: 1 });
    await readyAgain(door);
    await until(() => door.log.text().includes('"restarts"') || door.channel.status().state === 'ready');
    door.tell({ test: 'emit', message: { type: 'state', state: 'starting' } });
    await until(() => door.channel.status().state === 'starting', 'starting');
    expect(door.channel.status()).toMatchObject({ reason: expect.stringContaining('n.º 1') });
    door.tell({ test: 'emit', message: { type: 'state', state: 'ready' } });
    await ready(door);
    await new Promise((resolve) => setTimeout(resolve, 120));
    door.tell({ test: 'emit', message: { type: 'state', state: 'starting' } });
    await until(() => door.channel.status().state === 'starting', 'starting');
    expect(door.channel.status()).toEqual({ state: 'starting' });
  });

  it('that talks nonsense is not believed', async () => {
    const door = await startReady();
    door.children[0]?.send({ test: 'emit', message: { type: 'state', state: 'sideways' } });
    await until(() => door.log.text().includes('not understood'), 'the log');
    expect(door.channel.status()).toEqual({ state: 'ready' });
  });
});

describe('a machine that cannot run it', () => {
  it('says how to get Chromium, and starts by itself once there is one', async () => {
    const sentence =
      'No hay Chromium en esta máquina. Instálelo (apt-get install chromium) o ponga su ruta en CHROME_PATH.';
    let isInstalled = false;
    const findChromium = (): string => {
      if (isInstalled) return '/usr/bin/chromium';
      throw new AppError('CHANNEL_UNAVAILABLE', sentence);
    };
    const door = await start({ findChromium, limits: { blockedMs: 20 } });
    await until(() => door.channel.status().state === 'down', 'down');
    expect(door.channel.status()).toEqual({ state: 'down', reason: sentence });
    isInstalled = true;
    await ready(door);
  });

  it('says which page is missing, and starts by itself once it is there', async () => {
    const { sessionDir } = await start({ scripts: [{ quietStart: true }] });
    const page = join(sessionDir, '2.3000.7.html');
    const door = await start({
      config: { sessionDir, webCacheDir: sessionDir, webVersion: '2.3000.7' },
      limits: { blockedMs: 20 },
    });
    await until(() => door.channel.status().state === 'down', 'down');
    expect(door.channel.status()).toMatchObject({
      reason: expect.stringContaining(`Falta la página ${page}`),
    });
    writeFileSync(page, '');
    await ready(door);
  });

  it('says so when the session folder cannot be used', async () => {
    const probe = await start({ scripts: [{ quietStart: true }] });
    const file = join(probe.sessionDir, 'a-file');
    writeFileSync(file, '');
    const door = await start({ config: { sessionDir: join(file, 'session'), webCacheDir: file } });
    await until(() => door.channel.status().state === 'down', 'down');
    expect(door.channel.status()).toMatchObject({ reason: expect.stringContaining('WHATSAPP_SESSION_DIR') });
    expect(door.children).toHaveLength(0);
  });
});

describe('the end', () => {
  it('asks the child to close its browser, and keeps a copy of the profile', async () => {
    const door = await startReady();
    await door.channel.stop();
    expect(door.asked.map(({ type }) => type)).toContain('stop');
    expect(existsSync(join(door.sessionDir, 'snapshot-orienta', 'Default', 'IndexedDB', 'session'))).toBe(
      true,
    );
    expect(statSync(join(door.sessionDir, 'snapshot-orienta')).mode & 0o777).toBe(0o700);
    expect(door.channel.status().state).toBe('off');
  });

  it('kills a child that does not end, and keeps no copy of what it may have left torn', async () => {
    const door = await startReady({
      scripts: [{ linkOnStart: true, stay: true, deaf: true }],
      limits: { stopMs: 100 },
    });
    await door.channel.stop();
    expect(isAlive(door.children[0]?.pid)).toBe(false);
    expect(readdirSync(door.sessionDir)).not.toContain('snapshot-orienta');
  });

  it('may come while the child is being started again', async () => {
    const door = await startReady({ limits: { restart: { firstMs: 60_000, longestMs: 60_000 } } });
    door.tell({ test: 'exit', value: 1 });
    await until(() => door.channel.status().state === 'down', 'down');
    await door.channel.stop();
    expect(door.channel.status().state).toBe('off');
    expect(door.children).toHaveLength(1);
  });
});

describe('the session', () => {
  it('is linked by QR, which only linking() shows', async () => {
    const door = await start({ scripts: [{}] });
    const seen: unknown[] = [];
    const off = door.channel.onLinking((linking) => seen.push(linking));
    await until(() => door.channel.linking()?.qr !== undefined, 'the QR');
    expect(door.channel.status()).toEqual({
      state: 'down',
      reason: 'Falta enlazar el teléfono: orienta whatsapp link',
    });
    const qr = `qr-${door.children[0]?.pid}`;
    expect(door.channel.linking()).toEqual({ state: 'waiting', qr });
    door.tell({ test: 'scan' });
    await ready(door);
    expect(door.channel.linking()).toBeUndefined();
    expect(seen).toContainEqual({ state: 'waiting', qr });
    expect(seen.at(-1)).toBeUndefined();
    expect(door.log.text()).not.toContain(qr);
    off();
  });

  it('is linked by a pairing code', async () => {
    const door = await start({ scripts: [{}] });
    await expect(door.channel.requestPairingCode('50255550101')).resolves.toBe('ABCD1234');
    expect(door.channel.linking()).toEqual({ state: 'waiting', pairingCode: 'ABCD1234' });
    expect(door.log.text()).not.toContain('ABCD1234');
    expect(door.log.text()).not.toContain('50255550101');
    await expect(door.channel.requestPairingCode('5555-0101')).rejects.toMatchObject({ code: 'USAGE' });
    door.tell({ test: 'scan' });
    await ready(door);
    await expect(door.channel.requestPairingCode('50255550101')).rejects.toThrow('ya está enlazado');
  });

  it('rests when nobody looks at the QR, and begins again when an operator asks', async () => {
    const door = await start({ scripts: [{}], limits: { linkingMs: 100 } });
    await until(() => door.channel.linking()?.state === 'resting', 'rest');
    expect(isAlive(door.children[0]?.pid)).toBe(false);
    const off = door.channel.onLinking(() => undefined);
    door.channel.beginLinking();
    await until(() => door.channel.linking()?.qr !== undefined, 'the QR');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(door.channel.linking()?.state).toBe('waiting');
    off();
  });

  it('that the phone closed is deleted with every copy, and asks for no QR until an operator does', async () => {
    const door = await startReady();
    mkdirSync(join(door.sessionDir, 'snapshot-orienta'));
    door.tell({ test: 'logout' });
    await until(() => door.channel.linking()?.state === 'logged-out', 'the logout');
    expect(isAlive(door.children[0]?.pid)).toBe(false);
    expect(readdirSync(join(door.sessionDir, 'session-orienta'))).toEqual([]);
    expect(readdirSync(door.sessionDir)).not.toContain('snapshot-orienta');
    expect(door.log.lines().filter(({ level }) => level === 50)).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(door.children).toHaveLength(1);
    expect(door.channel.status()).toMatchObject({
      state: 'down',
      reason: expect.stringContaining('orienta whatsapp link'),
    });
    door.channel.beginLinking();
    await until(() => door.children.length === 2, 'the next child');
  });

  it('that was lost is brought back from its copy, once, before a QR is asked for', async () => {
    const first = await start({ scripts: [{}] });
    await until(() => first.channel.linking()?.qr !== undefined, 'the QR');
    first.tell({ test: 'scan' });
    await ready(first);
    await first.channel.stop();
    const { sessionDir } = first;
    writeFileSync(join(sessionDir, 'session-orienta', 'torn'), '');
    rmSync(join(sessionDir, 'session-orienta', 'Default'), { recursive: true });
    const second = await startReady({ sessionDir, scripts: [{}] });
    expect(second.children).toHaveLength(2);
    expect(readdirSync(join(sessionDir, 'session-orienta'))).not.toContain('torn');
  });

  it('whose copy is as lost asks for a QR, and the copy is deleted', async () => {
    const probe = await start({ scripts: [{}] });
    await probe.channel.stop();
    const { sessionDir } = probe;
    mkdirSync(join(sessionDir, 'snapshot-orienta', 'Default'), { recursive: true });
    const door = await start({ sessionDir, scripts: [{}] });
    await until(() => door.channel.linking()?.qr !== undefined, 'the QR');
    expect(door.children).toHaveLength(2);
    await until(() => !existsSync(join(sessionDir, 'snapshot-orienta')), 'the deletion');
  });

  it('is restarted in the quiet hour of each night, once, with a copy of the profile', async () => {
    let now = new Date('2026-03-02T09:29:00Z');
    const door = await startReady({ now: () => now, limits: { quietEveryMs: 10, quietAgeMs: 0 } });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(door.children).toHaveLength(1);
    now = new Date('2026-03-02T09:31:00Z');
    await readyAgain(door);
    expect(existsSync(join(door.sessionDir, 'snapshot-orienta', 'Default'))).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(door.children).toHaveLength(2);
    expect(door.channel.facts().restarts).toBe(0);
    now = new Date('2026-03-03T09:31:00Z');
    await readyAgain(door, 3);
  });
});

describe('the number', () => {
  it('belongs to one process; another takes it when that one stops', async () => {
    const leases = createMemoryLeases();
    const one = await startReady({ leases, limits: { leaseMs: 300 } });
    const two = await start({ leases, limits: { leaseMs: 300 } });
    await until(() => 'reason' in two.channel.status(), 'the refusal');
    expect(two.channel.status()).toEqual({
      state: 'starting',
      reason: 'Otro proceso de Orienta tiene el número de WhatsApp. Este lo toma cuando aquel termine.',
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(two.children).toHaveLength(0);
    await one.channel.stop();
    await ready(two);
  });

  it('is given up before others can have it when the store is away, and taken again when it is back', async () => {
    const leases = createMemoryLeases();
    const door = await startReady({ leases, limits: { leaseMs: 300 } });
    leases.isAway = true;
    await until(() => door.channel.status().state !== 'ready', 'the loss');
    await until(() => !isAlive(door.children[0]?.pid), 'the end of the child');
    const rival = createMemoryLeases();
    expect(await rival.hold('whatsapp-number', 'rival', 1)).toBeDefined();
    expect(door.children).toHaveLength(1);
    leases.isAway = false;
    await readyAgain(door);
  });
});
