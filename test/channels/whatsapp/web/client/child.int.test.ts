import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArgs } from '#src/channels/whatsapp/web/process/chromium-args.ts';
import type { ChildOptions } from '#src/channels/whatsapp/web/protocol.ts';
import { findChromium } from '../../../../support/chromium.ts';
import {
  type Person,
  startWhatsAppStandIn,
  type WhatsAppStandIn,
} from '../../../../support/whatsapp-stand-in/index.ts';
import { browsersOf, type RunningChild, startChild, untilNoBrowser } from './child-process.ts';

const PHONE = '50255550101';
const LID = '90000000001';

// One story: each start of a browser goes on where the one before it ended.
describe('the process that runs whatsapp-web.js', { timeout: 90_000 }, () => {
  let whatsapp: WhatsAppStandIn;
  let child: RunningChild;
  let ana: Person;
  let beto: Person;
  let options: ChildOptions;
  const sessionDir = mkdtempSync(join(tmpdir(), 'orienta-session-'));
  const profile = join(sessionDir, 'session-orienta');

  beforeAll(async () => {
    whatsapp = await startWhatsAppStandIn();
    ana = whatsapp.phonePerson(PHONE);
    beto = whatsapp.lidPerson(LID, '50255550102');
    options = {
      sessionDir,
      chromePath: findChromium(),
      chromeArgs: chromiumArgs(whatsapp.chromeArgs.join(' '), true),
      webVersion: whatsapp.version,
      webCacheDir: whatsapp.cacheDir,
    };
    child = startChild(options);
  });
  afterAll(async () => {
    child.process.kill('SIGKILL');
    await whatsapp.close();
    await untilNoBrowser(profile);
    rmSync(sessionDir, { recursive: true, force: true });
  });

  it('offers a QR, and is ready once it was read', async () => {
    const { qr } = await child.until('qr');
    await child.untilState('qr');
    await whatsapp.scanQr(qr);
    await child.untilState('ready');
    const states = child.told('state').map(({ state }) => state);
    expect(states).toEqual(['starting', 'qr', 'authenticated', 'ready']);
    expect(JSON.stringify(child.told('log'))).not.toContain(qr.slice(0, 20));
  });

  it('beats with the memory of itself and its browser', async () => {
    const { bytes } = await child.until('beat', (beat) => beat.bytes > 60 * 1024 * 1024);
    expect(bytes).toBeLessThan(2 * 1024 ** 3);
  });

  it('hands in what people write, under the id that they wrote from', async () => {
    const first = await whatsapp.write(ana, 'primera');
    const second = await whatsapp.write(ana, 'segunda', { quoted: first });
    const hidden = await whatsapp.write(beto, 'desde un id privado');
    expect(await child.message(first)).toMatchObject({
      chat: `${PHONE}@c.us`,
      kind: 'text',
      text: 'primera',
    });
    expect(await child.message(second)).toMatchObject({ text: 'segunda', quoted: 'primera' });
    expect(await child.message(hidden)).toMatchObject({
      chat: `${LID}@lid`,
      names: [`${LID}@lid`, '50255550102@c.us'],
    });
  });

  it('tells each form of message', async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 1, 2, 3]);
    const voice = new Uint8Array(Buffer.from('OggS voice'));
    const contents = {
      voice: await whatsapp.write(ana, { voice, seconds: 4, download: 'slow' }),
      picture: await whatsapp.write(ana, { image: bytes, caption: 'mi pasaporte' }),
      document: await whatsapp.write(ana, { document: bytes, name: 'acta.pdf' }),
      sticker: await whatsapp.write(ana, { sticker: bytes }),
      location: await whatsapp.write(ana, { location: [14.6, -90.5] }),
      contact: await whatsapp.write(ana, { contact: 'Nadie' }),
    };
    for (const [kind, id] of Object.entries(contents)) expect((await child.message(id)).kind).toBe(kind);
    expect(await child.message(contents.voice)).toMatchObject({ seconds: 4 });
    expect(await child.message(contents.picture)).toMatchObject({ text: 'mi pasaporte' });
    expect(await child.message(contents.document)).toMatchObject({ text: '' });
    expect(await child.message(contents.location)).toMatchObject({ latitude: 14.6, longitude: -90.5 });
    const download = await child.ask({ type: 'download', id: contents.voice });
    expect(download).toMatchObject({
      value: { data: Buffer.from(voice).toString('base64'), type: 'audio/ogg; codecs=opus' },
    });
    const gone = await child.ask({ type: 'download', id: 'false_50255550101@c.us_NONE' });
    expect(gone).toMatchObject({ type: 'done', value: null });
  });

  it('tells edits, deletions, reactions and calls; not what is no private talk', async () => {
    const id = await whatsapp.write(ana, 'me equivoqué');
    await child.message(id);
    await whatsapp.edit(id, 'esto quise decir');
    const edited = await child.until('edited');
    expect(edited.message).toMatchObject({ id, text: 'esto quise decir' });
    await whatsapp.deleteForEveryone(id);
    await child.until('deleted', (deleted) => deleted.id === id);
    const sent = await child.ask({ type: 'send-text', chat: ana.chat, text: '¿Algo más?' });
    const to = sent.type === 'done' ? String(sent.value) : '';
    await whatsapp.react(ana, to, '👍');
    expect(await child.until('reaction')).toMatchObject({ to, emoji: '👍', chat: ana.chat });
    await whatsapp.call(ana);
    await child.until('message', ({ message }) => message.kind === 'call');
    await whatsapp.writeToGroup(ana, 'en grupo');
    await whatsapp.postStatus(ana, 'estado');
    await whatsapp.publish('boletín');
    await whatsapp.writeFromOwnPhone(ana, 'del propio teléfono');
    const last = await whatsapp.write(ana, 'fin');
    await child.message(last);
    const words = child.told('message').map(({ message }) => message.text);
    for (const other of ['en grupo', 'estado', 'boletín', 'del propio teléfono'])
      expect(words).not.toContain(other);
  });

  it('sends text and voice notes, done once a server has them', async () => {
    const sent = await child.ask({
      type: 'send-text',
      chat: beto.chat,
      text: 'Diga *más* https://example.org',
    });
    const [answer] = await whatsapp.answersTo(beto);
    expect(sent).toMatchObject({ type: 'done', value: answer?.id });
    expect(answer).toMatchObject({ chat: beto.chat, linkPreview: false });
    const data = Buffer.from('OggS spoken').toString('base64');
    expect(await child.ask({ type: 'send-voice', chat: beto.chat, data })).toMatchObject({ type: 'done' });
    expect((await whatsapp.answersTo(beto, 2)).at(-1)).toMatchObject({ type: 'ptt' });
    await child.ask({ type: 'typing', chat: beto.chat, on: true });
    expect(whatsapp.typingTo(beto)).toEqual(['typing']);
    expect(whatsapp.seenChats()).toEqual([]);
  });

  it('says what became of a send that failed, and sends nothing twice', async () => {
    const nobody = await child.ask({ type: 'send-text', chat: '50255559999@c.us', text: 'hola' });
    expect(nobody).toMatchObject({ type: 'failed', code: 'no-chat' });
    await whatsapp.failNextSend('undefined');
    const empty = await child.ask({ type: 'send-text', chat: ana.chat, text: 'uno' });
    expect(empty).toMatchObject({ type: 'failed', code: 'not-sent' });
    await whatsapp.failNextSend('throw');
    const thrown = await child.ask({ type: 'send-text', chat: ana.chat, text: 'dos' });
    expect(thrown).toMatchObject({ type: 'failed', code: 'failed' });
    await whatsapp.hideChat(ana);
    const hidden = await child.ask({ type: 'send-text', chat: ana.chat, text: 'tres' });
    expect(hidden).toMatchObject({ type: 'failed', code: 'not-sent' });
    await whatsapp.showChat(ana);
  });

  it('hears what came while the line was down, and what it was told to send goes out once', async () => {
    await whatsapp.dropConnection();
    await child.untilState('disconnected');
    const refused = await child.ask({ type: 'send-text', chat: ana.chat, text: 'cuatro' });
    expect(refused).toMatchObject({ type: 'failed', code: 'not-ready' });
    const waiting = await whatsapp.write(ana, 'mientras no había línea');
    await whatsapp.resumeConnection();
    await child.untilState('ready');
    expect(await child.message(waiting)).toMatchObject({ text: 'mientras no había línea' });
    expect(child.told('message').filter(({ message }) => message.id === waiting)).toHaveLength(1);
  });

  it('clears a chat', async () => {
    expect(await child.ask({ type: 'clear', chat: beto.chat })).toMatchObject({ type: 'done' });
    expect(whatsapp.messagesIn(beto)).toEqual([]);
    expect(await child.ask({ type: 'clear', chat: '50255559999@c.us' })).toMatchObject({ type: 'done' });
  });

  it('closes its browser when it is asked to end', async () => {
    expect(await child.ask({ type: 'stop' })).toMatchObject({ type: 'done' });
    expect(await child.ended()).toBe(0);
    await untilNoBrowser(profile);
  });

  it('is ready though the chats were there before the library listened, and sweeps what it missed', async () => {
    const since = Date.now() - 5 * 60_000;
    const missed = await whatsapp.write(beto, 'a solas');
    whatsapp.syncs('before');
    child = startChild(options);
    await child.untilState('ready');
    expect(child.told('qr')).toEqual([]);
    await child.ask({ type: 'sweep', since });
    expect(await child.message(missed)).toMatchObject({ text: 'a solas', chat: beto.chat });
    await child.ask({ type: 'sweep', since });
    expect(child.told('message').filter(({ message }) => message.id === missed)).toHaveLength(1);
    // What the process before this one sent is not sent again.
    const copies = (): number => whatsapp.readOf(ana).filter(({ text }) => text === '¿Algo más?').length;
    const again = await child.ask({ type: 'send-text', chat: ana.chat, text: '¿Algo más?', since });
    expect(again).toMatchObject({ type: 'done' });
    expect(copies()).toBe(1);
    // Once it was reported, the same words are another message.
    const other = await child.ask({ type: 'send-text', chat: ana.chat, text: '¿Algo más?', since });
    expect(other).toMatchObject({ type: 'done' });
    expect(copies()).toBe(2);
  });

  it('ends with an error when its page crashes', async () => {
    await whatsapp.crashPage();
    expect(await child.ended()).toBe(1);
    expect(child.told('log').at(-1)).toMatchObject({ level: 'error', facts: { error: 'PageCrashed' } });
    await untilNoBrowser(profile);
  });

  it('leaves no browser behind when the gateway is gone, though the page hangs', async () => {
    child = startChild(options);
    await child.untilState('ready');
    whatsapp.hangPage();
    child.process.disconnect();
    expect(await child.ended()).toBe(0);
    await untilNoBrowser(profile);
  });

  it('leaves no browser behind when it is killed itself', async () => {
    child = startChild(options);
    await child.untilState('ready');
    expect(browsersOf(profile).length).toBeGreaterThan(0);
    child.process.kill('SIGKILL');
    await untilNoBrowser(profile);
  });

  it('tells a logout and leaves the profile to the gateway', async () => {
    rmSync(join(profile, 'SingletonLock'), { force: true });
    child = startChild(options);
    await child.untilState('ready');
    await whatsapp.logOutFromPhone();
    await child.untilState('logged-out');
    expect(await child.ended()).toBe(0);
    await untilNoBrowser(profile);
    expect(existsSync(profile)).toBe(true);
    expect(child.told('qr')).toEqual([]);
  });

  it('links by a code that is typed on the phone', async () => {
    child = startChild(options);
    await child.untilState('qr');
    const paired = await child.ask({ type: 'pair', phone: '50255550000' });
    const { code } = await child.until('pairing-code');
    expect(paired).toMatchObject({ type: 'done', value: code });
    await child.untilState('pairing-code');
    await whatsapp.enterPairingCode(code);
    await child.untilState('ready');
    expect(JSON.stringify(child.told('log'))).not.toContain(code);
  });

  it('tells a message that is deciphered late, once', async () => {
    const id = await whatsapp.writeUnreadable(ana);
    await whatsapp.decipher(id, 'ya se lee');
    expect(await child.message(id)).toMatchObject({ kind: 'text', text: 'ya se lee' });
    expect(child.told('edited')).toEqual([]);
    await child.ask({ type: 'stop' });
    expect(await child.ended()).toBe(0);
  });

  it('says what is wrong when it cannot start', async () => {
    child = startChild({ ...options, webVersion: '9.9' });
    expect(await child.ended()).toBe(1);
    expect(child.told('log').at(-1)).toMatchObject({ facts: { what: "Couldn't load version" } });
    await untilNoBrowser(profile);
    expect(await startChild({ ...options, chromePath: '/nowhere/chromium' }).ended()).toBe(1);
  });
});
