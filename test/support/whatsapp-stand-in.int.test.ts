import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import library, { type Call, type Message, type Reaction } from 'whatsapp-web.js';
import { type Library, openLibrary } from './whatsapp-library.ts';
import { startWhatsAppStandIn, type WhatsAppStandIn } from './whatsapp-stand-in/index.ts';

const VOICE = Uint8Array.from({ length: 3_000 }, (_, index) => (index * 31) % 256);

describe('the WhatsApp stand-in under the real library', { timeout: 60_000 }, () => {
  let dataPath: string;
  let whatsapp: WhatsAppStandIn;
  let opened: Library;
  const message = async (event = 'message'): Promise<Message> => (await opened.next(event))[0] as Message;

  beforeAll(async () => {
    dataPath = mkdtempSync(join(tmpdir(), 'orienta-library-'));
    whatsapp = await startWhatsAppStandIn();
    opened = openLibrary(whatsapp, dataPath);
  });

  afterAll(async () => {
    await opened.close();
    await whatsapp.close();
    rmSync(dataPath, { recursive: true, force: true });
  });

  it('shows a QR, takes no old one, and is ready once it is scanned', async () => {
    const [first] = await opened.next('qr');
    await whatsapp.renewQr();
    const [second] = await opened.next('qr');
    expect(second).toBe(whatsapp.qrText());
    await expect(whatsapp.scanQr(String(first))).rejects.toThrow('not valid');
    await whatsapp.scanQr(String(second));
    await opened.next('authenticated');
    await opened.next('ready');
    expect(await opened.client.getState()).toBe('CONNECTED');
    expect(opened.client.info.wid._serialized).toBe('50255550000@c.us');
  });

  it('brings a message and takes the reply as far as the person reads it', async () => {
    const ana = whatsapp.phonePerson('50255550101');
    await whatsapp.write(ana, 'buenas');
    const heard = await message();
    expect(heard).toMatchObject({ body: 'buenas', from: '50255550101@c.us', type: 'chat', fromMe: false });
    await (await heard.getChat()).sendStateTyping();
    const sent = await opened.client.sendMessage(heard.from, 'dígame', {
      linkPreview: false,
      sendSeen: false,
    });
    const [answer] = await whatsapp.answersTo(ana);
    expect(answer).toMatchObject({ text: 'dígame', id: sent.id._serialized, linkPreview: false });
    const acks = [(await opened.next('message_ack'))[1], (await opened.next('message_ack'))[1]];
    whatsapp.read(ana);
    expect([...acks, (await opened.next('message_ack'))[1]]).toEqual([1, 2, 3]);
    expect(whatsapp.typingTo(ana)).toEqual(['typing']);
    expect(whatsapp.seenChats()).toEqual([]);
  });

  it('keeps privacy ids apart from phones, and tells the phone only where it is known', async () => {
    const known = whatsapp.lidPerson('90000000001', '50255550102');
    const hidden = whatsapp.lidPerson('90000000002');
    await whatsapp.write(known, 'hola');
    expect((await message()).from).toBe('90000000001@lid');
    await whatsapp.write(hidden, 'hola');
    expect((await message()).from).toBe('90000000002@lid');
    expect(await opened.client.getContactLidAndPhone([known.chat, hidden.chat])).toEqual([
      { lid: '90000000001@lid', pn: '50255550102@c.us' },
      { lid: '90000000002@lid' },
    ]);
    await opened.client.sendMessage(known.chat, 'a su id', { sendSeen: false });
    expect(await whatsapp.answersTo(known)).toMatchObject([{ chat: '90000000001@lid', text: 'a su id' }]);
    const silent = whatsapp.lidPerson('90000000003');
    whatsapp.loseId(silent);
    const send = opened.client.sendMessage(silent.chat, 'hola', { sendSeen: false });
    await expect(send).rejects.toThrow('No LID for user');
  });

  it('carries voice notes both ways, slow or not at all', async () => {
    const ana = whatsapp.phonePerson('50255550103');
    await whatsapp.write(ana, { voice: VOICE, seconds: 4 });
    const heard = await message();
    expect(heard).toMatchObject({ type: 'ptt', hasMedia: true, duration: '4' });
    const media = await heard.downloadMedia();
    expect(Buffer.from(media.data, 'base64').equals(Buffer.from(VOICE))).toBe(true);
    await whatsapp.write(ana, { voice: VOICE, download: 'slow' });
    const slow = await message();
    expect(await slow.downloadMedia()).toBeUndefined();
    expect(await slow.downloadMedia()).toBeUndefined();
    expect(await slow.downloadMedia()).toMatchObject({ mimetype: 'audio/ogg; codecs=opus' });
    await whatsapp.write(ana, { voice: VOICE, download: 'gone' });
    expect(await (await message()).downloadMedia()).toBeUndefined();
    const audio = new library.MessageMedia('audio/ogg; codecs=opus', Buffer.from(VOICE).toString('base64'));
    await opened.client.sendMessage(ana.chat, audio, { sendAudioAsVoice: true, sendSeen: false });
    const [sent] = await whatsapp.answersTo(ana);
    expect(sent).toMatchObject({ type: 'ptt', text: '' });
    expect(Buffer.from(sent?.file ?? []).equals(Buffer.from(VOICE))).toBe(true);
  });

  it('brings edits, deletions under a new id, reactions, quotes, calls and unreadable messages', async () => {
    const ana = whatsapp.phonePerson('50255550104');
    const id = await whatsapp.write(ana, 'cuanto cueta');
    await message();
    await whatsapp.edit(id, 'cuánto cuesta');
    const [edited, now, before] = await opened.next('message_edit');
    expect([(edited as Message).id._serialized, now, before]).toEqual([id, 'cuánto cuesta', 'cuanto cueta']);
    await whatsapp.react(ana, id, '👍');
    const [reaction] = await opened.next('message_reaction');
    expect(reaction).toMatchObject({ reaction: '👍', senderId: ana.chat });
    expect((reaction as Reaction).msgId._serialized).toBe(id);
    await whatsapp.write(ana, 'esto', { quoted: id });
    const quoting = await message();
    expect(quoting.hasQuotedMsg).toBe(true);
    expect((await quoting.getQuotedMessage()).body).toBe('cuánto cuesta');
    await whatsapp.deleteForEveryone(id);
    const revoked = (await opened.next('message_revoke_everyone'))[0] as Message & {
      readonly protocolMessageKey: { readonly _serialized: string };
    };
    expect(revoked.id._serialized).not.toBe(id);
    expect(revoked.protocolMessageKey._serialized).toBe(id);
    await whatsapp.call(ana);
    const [call] = await opened.next('call');
    expect((call as Call).from).toMatchObject({ _serialized: ana.chat });
    expect((await message()).type).toBe('call_log');
    const unreadable = await whatsapp.writeUnreadable(ana);
    expect((await message('message_ciphertext')).id._serialized).toBe(unreadable);
    await whatsapp.decipher(unreadable, 'ya se lee');
    expect(await message()).toMatchObject({ body: 'ya se lee', type: 'chat' });
  });

  it('brings what is no private message under the same event', async () => {
    const ana = whatsapp.phonePerson('50255550105');
    await whatsapp.writeToGroup(ana, 'a todos');
    expect(await message()).toMatchObject({ from: '120363000000000001@g.us', author: ana.chat });
    await whatsapp.postStatus(ana, 'mi día');
    expect(await message()).toMatchObject({ from: 'status@broadcast', isStatus: true });
    await whatsapp.publish('novedades');
    expect((await message()).from).toBe('120363000000000009@newsletter');
    const location = { location: [14.6349, -90.5069] as const, place: 'Zona 1' };
    await whatsapp.write(ana, location);
    const there = await message();
    expect(there.location).toMatchObject({ latitude: 14.6349, longitude: -90.5069 });
    await whatsapp.write(ana, { contact: 'Consulado' });
    expect((await message()).vCards[0]).toContain('FN:Consulado');
    const before = opened.said.filter((event) => event === 'message').length;
    await whatsapp.writeFromOwnPhone(ana, 'yo mismo');
    while ((await message('message_create')).body !== 'yo mismo');
    expect(opened.said.filter((event) => event === 'message').length).toBe(before);
  });

  it('fails a send in each of the ways that are known', async () => {
    const ana = whatsapp.phonePerson('50255550106');
    const send = (text: string) => opened.client.sendMessage(ana.chat, text, { sendSeen: false });
    await whatsapp.failNextSend('undefined');
    expect(await send('uno')).toBeUndefined();
    await whatsapp.failNextSend('throw');
    await expect(send('dos')).rejects.toThrow();
    await whatsapp.failNextSend('no-ack');
    expect((await send('tres')).ack).toBe(0);
    await whatsapp.failNextSend('lost-ack');
    const lost = await send('cuatro');
    expect(await whatsapp.answersTo(ana)).toMatchObject([{ text: 'cuatro' }]);
    expect((await opened.client.getMessageById(lost.id._serialized)).ack).toBe(0);
    await whatsapp.hideChat(ana);
    expect(await send('cinco')).toBeUndefined();
    await whatsapp.showChat(ana);
    expect(await opened.client.sendMessage('50200000000@c.us', 'nadie', { sendSeen: false })).toBeUndefined();
    const chat = await opened.client.getChatById(ana.chat);
    const shown = await chat.fetchMessages({ limit: 10, fromMe: true });
    expect(shown.map(({ body }) => body)).toEqual(['tres', 'cuatro']);
  });

  it('keeps what is sent without a line, and brings what waited as not new', async () => {
    const ana = whatsapp.phonePerson('50255550107');
    await whatsapp.write(ana, 'antes');
    await message();
    await whatsapp.dropConnection();
    expect(await opened.next('change_state')).toEqual(['TIMEOUT']);
    const heard = opened.said.filter((event) => event === 'message').length;
    await whatsapp.write(ana, 'mientras tanto');
    const sent = await opened.client.sendMessage(ana.chat, 'luego', { sendSeen: false });
    expect(sent.ack).toBe(0);
    expect(whatsapp.readOf(ana)).toEqual([]);
    await whatsapp.resumeConnection();
    await opened.next('ready');
    expect(await whatsapp.answersTo(ana)).toMatchObject([{ text: 'luego' }]);
    const chat = await opened.client.getChatById(ana.chat);
    expect(chat.unreadCount).toBe(2);
    const messages = await chat.fetchMessages({ limit: 5 });
    expect(messages.map(({ body }) => body).sort()).toEqual(['antes', 'luego', 'mientras tanto']);
    expect(opened.said.filter((event) => event === 'message').length).toBe(heard);
    await chat.clearMessages();
    expect(whatsapp.clearedChats()).toEqual([ana.chat]);
    expect(whatsapp.messagesIn(ana)).toEqual([]);
  });
});

describe('the WhatsApp stand-in across restarts', { timeout: 90_000 }, () => {
  let dataPath: string;
  let whatsapp: WhatsAppStandIn;
  let opened: Library;
  const reopen = (): void => {
    opened = openLibrary(whatsapp, dataPath);
  };

  beforeAll(async () => {
    dataPath = mkdtempSync(join(tmpdir(), 'orienta-library-'));
    whatsapp = await startWhatsAppStandIn();
  });

  afterAll(async () => {
    await opened.close().catch(() => undefined);
    await whatsapp.close();
    rmSync(dataPath, { recursive: true, force: true });
  });

  it('is linked by a code too, and comes up linked although the browser was killed at once', async () => {
    opened = openLibrary(whatsapp, dataPath, { pairWithPhoneNumber: { phoneNumber: '50255550000' } });
    const [code] = await opened.next('code');
    await expect(whatsapp.enterPairingCode('AAAA0000')).rejects.toThrow('not valid');
    await whatsapp.enterPairingCode(String(code));
    await opened.next('ready');
    const ana = whatsapp.phonePerson('50255550101');
    await whatsapp.write(ana, 'uno');
    await opened.next('message');
    await whatsapp.killBrowser();
    await whatsapp.untilAway();
    await whatsapp.write(ana, 'dos, mientras no había nadie');
    reopen();
    await opened.next('ready');
    expect(opened.said).not.toContain('qr');
    const chats = await opened.client.getChats();
    expect(chats.map(({ unreadCount, lastMessage }) => [unreadCount, lastMessage.body])).toEqual([
      [2, 'dos, mientras no había nadie'],
    ]);
    const all = await chats[0]?.fetchMessages({ limit: 10 });
    expect(all?.map(({ body }) => body)).toEqual(['uno', 'dos, mientras no había nadie']);
    expect(opened.said).not.toContain('message');
  });

  it('tells of a crashed page, and can be synced before the library listens, which then says nothing', async () => {
    const crashed = new Promise((resolve) => opened.client.pupPage?.once('error', resolve));
    await whatsapp.crashPage();
    expect(String(await crashed)).toContain('crashed');
    await whatsapp.untilAway();
    await opened.close();
    whatsapp.syncs('before');
    reopen();
    await whatsapp.untilOpen();
    const listens = `window.require?.('WAWebSocketModel').Socket.isHeard('change:hasSynced')`;
    await expect.poll(() => opened.client.pupPage?.evaluate(listens)).toBe(true);
    expect(await opened.client.getState()).toBe('CONNECTED');
    expect(opened.said).toEqual([]);
    await whatsapp.dropConnection();
    await whatsapp.resumeConnection();
    await opened.next('ready');
    expect(opened.said.filter((event) => event === 'ready')).toHaveLength(1);
    whatsapp.syncs('after');
  });

  it('loads anew after a logout on the phone, and asks for a QR once the profile is gone', async () => {
    await whatsapp.logOutFromPhone();
    expect(await opened.next('disconnected')).toEqual(['LOGOUT']);
    await expect.poll(() => opened.client.pupPage?.url(), { timeout: 10_000 }).toContain('post_logout=1');
    await opened.next('qr');
    await opened.close();
    rmSync(dataPath, { recursive: true, force: true });
    reopen();
    expect(String((await opened.next('qr'))[0])).toMatch(/^2@/);
  });
});
