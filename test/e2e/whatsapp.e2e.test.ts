import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import QRCode from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDataDir } from '../support/fresh-data-dir.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';
import { startLinkCommand } from '../support/whatsapp-command.ts';
import {
  type Person,
  startWhatsAppStandIn,
  type WhatsAppStandIn,
} from '../support/whatsapp-stand-in/index.ts';

/** The chats in which somebody writes for themselves. */
const PRIVATE = ['50255550101@c.us', '50255550105@c.us', '90000000001@lid'];
const RECOVERY_MS = 60_000;
/** A message that finds no receipt is waited for, and then tried again. */
const RETRY_MS = 150_000;

let dataDir: string;
let whatsapp: WhatsAppStandIn;
let orienta: RunningOrienta;
let ana: Person;

beforeAll(async () => {
  dataDir = await freshDataDir('whatsapp');
  whatsapp = await startWhatsAppStandIn();
  ana = whatsapp.phonePerson('50255550101');
  orienta = await start();
});
afterAll(async () => {
  await orienta?.stop();
  await whatsapp?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = (): Promise<RunningOrienta> => startOrienta({ DATA_DIR: dataDir, ...whatsapp.env });
const question = (article: number): string => `¿Qué dice el artículo ${article} del Código de Migración?`;
/** Everything that was asked, to be counted at the end. */
const asked: { readonly person: Person; readonly article: number }[] = [];

async function ask(person: Person, article: number): Promise<void> {
  asked.push({ person, article });
  await whatsapp.write(person, question(article));
}

/** What a person was sent about an article. Two questions that are taken up together have one answer. */
function answers(person: Person, article: number): readonly string[] {
  const cites = new RegExp(`Lo dice:.*Código de Migración, artículo ${article}\\b`);
  return whatsapp
    .readOf(person)
    .map(({ text }) => text)
    .filter((text) => cites.test(text));
}

async function expectOneAnswer(person: Person, article: number, timeout = RECOVERY_MS): Promise<void> {
  const count = (): number => answers(person, article).length;
  await expect.poll(count, { timeout, interval: 100 }).toBe(1);
}

const consolePage = async (): Promise<string> =>
  (await fetch(`${orienta.adminAddress}/consola/canales`)).text();
const readiness = async (): Promise<string> => (await fetch(`${orienta.address}/readyz`)).text();

/** Command lines of what is left of the browser. */
function browserProcesses(): readonly string[] {
  const listing = execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' });
  return listing.split('\n').filter((line) => line.includes(`--user-data-dir=${dataDir}`));
}

describe('Orienta on WhatsApp, with the real library and Chromium', { timeout: 240_000 }, () => {
  it('shows the QR on the page of operators and in their terminal, and nowhere else', async () => {
    await whatsapp.untilLinking();
    await expect.poll(consolePage, { timeout: 20_000 }).toContain('Código QR que enlaza el teléfono');
    const linking = startLinkCommand({ DATA_DIR: dataDir });
    const drawn = () =>
      QRCode.toString(whatsapp.qrText(), { type: 'terminal', small: true, errorCorrectionLevel: 'L' });
    await expect.poll(async () => linking.stdout().includes(await drawn()), { timeout: 20_000 }).toBe(true);
    expect(await consolePage()).not.toContain(whatsapp.qrText());
    expect(orienta.log()).not.toContain('2@');
    await whatsapp.scanQr(whatsapp.qrText());
    await whatsapp.untilOpen();
    expect(await linking.ended).toBe(0);
    expect(linking.stdout()).toContain('WhatsApp está enlazado y listo.');
    await expect.poll(consolePage).not.toContain('Código QR');
  });

  it('answers a question with its citation, typing first, and a privacy id at that id', async () => {
    await ask(ana, 46);
    await expectOneAnswer(ana, 46);
    const [first] = whatsapp.readOf(ana);
    expect(first?.linkPreview).toBe(false);
    expect(whatsapp.typingTo(ana)[0]).toBe('typing');
    const hidden = whatsapp.lidPerson('90000000001');
    await ask(hidden, 46);
    await expectOneAnswer(hidden, 46);
    expect(whatsapp.readOf(hidden)[0]?.chat).toBe('90000000001@lid');
    expect(whatsapp.seenChats()).toEqual([]);
  });

  it('answers what is no text, and takes a talk out of WhatsApp when it is asked to', async () => {
    const eva = whatsapp.phonePerson('50255550105');
    const hears = async (words: string): Promise<void> => {
      const heard = (): boolean => whatsapp.readOf(eva).some(({ text }) => text.includes(words));
      await expect.poll(heard, { timeout: RECOVERY_MS }).toBe(true);
    };
    await whatsapp.write(eva, { voice: Uint8Array.of(1, 2, 3), seconds: 5 });
    await hears('110');
    await whatsapp.write(eva, { location: [14.6797, -92.1433] });
    await hears('Tecún Umán');
    await whatsapp.write(eva, 'borrar mis datos');
    await hears('¿Borro todo');
    await whatsapp.react(eva, whatsapp.readOf(eva).at(-1)?.id ?? '', '👍');
    await hears('Listo. Borré');
    await expect.poll(whatsapp.clearedChats, { timeout: RECOVERY_MS }).toContain(eva.chat);
    await expect.poll(() => whatsapp.messagesIn(eva), { timeout: RECOVERY_MS }).toEqual([]);
  });

  it('answers nobody but people who write in private', async () => {
    const neighbour = whatsapp.phonePerson('50255550102');
    await whatsapp.writeToGroup(neighbour, question(43));
    await whatsapp.postStatus(neighbour, question(43));
    await whatsapp.publish(question(43));
    await whatsapp.writeFromOwnPhone(neighbour, question(43));
    await ask(ana, 43);
    await expectOneAnswer(ana, 43);
    expect(whatsapp.everySent().filter(({ chat }) => !PRIVATE.includes(chat))).toEqual([]);
    expect(whatsapp.readOf(neighbour)).toEqual([]);
  });

  it('sends again what failed, and goes on when a person is not there any more', async () => {
    await whatsapp.failNextSend('undefined');
    await ask(ana, 1);
    await expectOneAnswer(ana, 1);
    await whatsapp.failNextSend('throw');
    await ask(ana, 2);
    await expectOneAnswer(ana, 2);
    const gone = whatsapp.phonePerson('50255550103');
    await whatsapp.write(gone, question(3));
    await whatsapp.leave(gone);
    await expect.poll(() => orienta.log(), { timeout: RECOVERY_MS }).toContain('UNREACHABLE_PERSON');
    await ask(ana, 3);
    await expectOneAnswer(ana, 3);
    expect(whatsapp.readOf(gone)).toEqual([]);
  });

  it('tells a message that was lost from one that only got no receipt, and sends the first again', async () => {
    const beto = whatsapp.phonePerson('50255550104');
    await whatsapp.failNextSend('lost-ack');
    await ask(ana, 4);
    await expectOneAnswer(ana, 4);
    await whatsapp.failNextSend('no-ack');
    await ask(beto, 4);
    await expectOneAnswer(beto, 4, RETRY_MS);
    await ask(ana, 5);
    await expectOneAnswer(ana, 5, RETRY_MS);
  });

  it('answers what came while the line, the page or the browser was gone, once', async () => {
    await whatsapp.dropConnection();
    await ask(ana, 6);
    await whatsapp.resumeConnection();
    await expectOneAnswer(ana, 6);
    await whatsapp.crashPage();
    await whatsapp.untilAway();
    await ask(ana, 8);
    await whatsapp.untilOpen(RECOVERY_MS);
    await expectOneAnswer(ana, 8);
    await whatsapp.killBrowser();
    await whatsapp.untilAway();
    await ask(ana, 9);
    await whatsapp.untilOpen(RECOVERY_MS);
    await expectOneAnswer(ana, 9);
    expect(await readiness()).toContain('"whatsapp":"ready"');
  });

  it('comes up after SIGKILL with nothing of the browser left, although it is synced before the library listens', async () => {
    expect(browserProcesses().length).toBeGreaterThan(0);
    await ask(ana, 16);
    await orienta.kill();
    await expect.poll(browserProcesses, { timeout: 10_000 }).toEqual([]);
    await ask(ana, 17);
    whatsapp.syncs('before');
    orienta = await start();
    await whatsapp.untilOpen(RECOVERY_MS);
    await expectOneAnswer(ana, 16, RETRY_MS);
    await expectOneAnswer(ana, 17, RETRY_MS);
    whatsapp.syncs('after');
  });

  it('tells the operator of a logout on the phone, asks for no code by itself, and goes on once linked again', async () => {
    await whatsapp.logOutFromPhone();
    await expect.poll(consolePage, { timeout: 30_000 }).toContain('cerró la sesión');
    await ask(ana, 27);
    const linking = startLinkCommand({ DATA_DIR: dataDir });
    await whatsapp.untilLinking();
    await whatsapp.scanQr();
    expect(await linking.ended).toBe(0);
    await expectOneAnswer(ana, 27);
  });

  it('has answered each question once, whatever happened on the way', () => {
    const counts = asked.map(({ person, article }) => [
      person.chat,
      article,
      answers(person, article).length,
    ]);
    expect(counts).toEqual(asked.map(({ person, article }) => [person.chat, article, 1]));
  });

  it('stops with nothing of the browser left', async () => {
    expect(await orienta.stop()).toBe(0);
    expect(browserProcesses()).toEqual([]);
  });
});

describe('Orienta without a Chromium', () => {
  it('answers on its other channels and tells the operator what is missing', async () => {
    const other = await freshDataDir('no-chromium');
    const missing = `${other}/chromium`;
    const running = await startOrienta({ DATA_DIR: other, WHATSAPP_ENABLED: 'true', CHROME_PATH: missing });
    try {
      const page = async () => (await fetch(`${running.adminAddress}/consola/canales`)).text();
      await expect.poll(page, { timeout: 10_000 }).toContain(missing);
      expect(await (await fetch(`${running.address}/readyz`)).text()).toContain('"whatsapp":"down"');
      const response = await fetch(`${running.address}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: question(46) }),
      });
      expect(await response.text()).toContain('artículo 46');
    } finally {
      await running.stop();
      rmSync(other, { recursive: true, force: true });
    }
  });
});
