import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { startChild } from '#src/channels/whatsapp/web/process/start-child.ts';
import type { ChildOptions } from '#src/channels/whatsapp/web/protocol.ts';
import { packageRoot } from '#src/paths.ts';
import { reply } from '../../../contract/channel-contract.ts';
import { findChromium } from '../../../support/chromium.ts';
import {
  type Person,
  startWhatsAppStandIn,
  type WhatsAppStandIn,
} from '../../../support/whatsapp-stand-in/index.ts';
import { type Door, openDoor, until } from './door.ts';

const CHILD = join(packageRoot, 'dist/src/channels/whatsapp/web/child.js');
const PATIENCE_MS = 60_000;

// One story: each start goes on where the one before it ended.
describe('the channel over the real library and the real browser', { timeout: 120_000 }, () => {
  const sessionDir = mkdtempSync(join(tmpdir(), 'orienta-real-door-'));
  const profile = join(sessionDir, 'session-orienta');
  let whatsapp: WhatsAppStandIn;
  let ana: Person;
  let door: Door;

  const open = async (): Promise<Door> => {
    const next = openDoor({
      sessionDir,
      config: {
        ...{ sessionDir, webVersion: whatsapp.version, webCacheDir: whatsapp.cacheDir },
        chromeArgs: whatsapp.chromeArgs.join(' '),
      },
      findChromium: () => findChromium(),
      startChild: (options: ChildOptions) => startChild(options, CHILD),
      limits: { silentMs: 15_000, stopMs: 8_000, killMs: 2_000 },
    });
    await next.channel.start(async () => ({ id: 'turn' }));
    return next;
  };
  const ready = (): Promise<void> =>
    until(() => door.channel.status().state === 'ready', 'ready', PATIENCE_MS);

  beforeAll(async () => {
    whatsapp = await startWhatsAppStandIn();
    ana = whatsapp.lidPerson('90000000001', '50255550102');
    door = await open();
  });
  afterAll(async () => {
    await door.close();
    await whatsapp.close();
    rmSync(sessionDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is linked by the QR that the operator is shown', async () => {
    await until(() => door.channel.linking()?.qr !== undefined, 'the QR', PATIENCE_MS);
    await whatsapp.scanQr(door.channel.linking()?.qr);
    await ready();
    expect(door.channel.linking()).toBeUndefined();
  });

  it('hands in what is written, and sends the answer to the id that wrote', async () => {
    await whatsapp.write(ana, '¿Qué es una visa?');
    await until(() => door.taken.length === 1, 'the message', PATIENCE_MS);
    expect(door.taken[0]?.chat).toBe('90000000001@lid');
    const ids = await door.channel.send(
      `whatsapp:${door.taken[0]?.chat}` as ConversationId,
      reply('Un permiso.'),
    );
    const [answer] = await whatsapp.answersTo(ana);
    expect(answer?.text).toBe('Un permiso.');
    expect(ids).toHaveLength(1);
    await until(() => door.channel.facts().bytes > 60 * 1024 * 1024, 'a beat', PATIENCE_MS);
  });

  it('starts a killed browser again, and takes what was written meanwhile, once', async () => {
    const taken = door.taken.length;
    await whatsapp.killBrowser();
    await whatsapp.untilAway();
    await whatsapp.write(ana, '¿Sigue ahí?');
    await until(() => door.taken.length > taken, 'the message', PATIENCE_MS);
    await ready();
    expect(door.taken.slice(taken).map(({ body }) => body)).toEqual([{ kind: 'text', text: '¿Sigue ahí?' }]);
    expect(door.channel.facts().restarts).toBe(1);
  });

  it('brings a lost session back from the copy of the profile, without a QR', async () => {
    await door.channel.stop();
    expect(existsSync(join(sessionDir, 'snapshot-orienta'))).toBe(true);
    rmSync(profile, { recursive: true });
    const qrs: unknown[] = [];
    door = await open();
    door.channel.onLinking((linking) => linking?.qr !== undefined && qrs.push(linking));
    await ready();
    expect(qrs).toEqual([]);
    const taken = door.taken.length;
    await whatsapp.write(ana, 'Otra vez');
    await until(() => door.taken.length > taken, 'the message', PATIENCE_MS);
  });

  it('clears a chat, and the copies of it', async () => {
    await door.channel.clear?.('whatsapp:90000000001@lid' as ConversationId);
    expect(whatsapp.clearedChats()).toContain('90000000001@lid');
    expect(existsSync(join(sessionDir, 'snapshot-orienta'))).toBe(false);
  });

  it('stays down after the phone unlinks it, with nothing left of the session', async () => {
    await whatsapp.logOutFromPhone();
    await until(() => door.channel.linking()?.state === 'logged-out', 'the logout', PATIENCE_MS);
    expect(readdirSync(profile)).toEqual([]);
    expect(door.channel.status().state).toBe('down');
  });

  it('is linked anew by a code that is typed on the phone', async () => {
    const code = await door.channel.requestPairingCode('50255550100');
    await whatsapp.enterPairingCode(code);
    await ready();
    expect(door.log.text()).not.toContain(code);
  });
});
