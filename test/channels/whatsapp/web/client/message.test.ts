import { describe, expect, it } from 'vitest';
import { readMessage, readUnreadable } from '#src/channels/whatsapp/web/client/message.ts';
import { type RawMessage, readRaw } from '#src/channels/whatsapp/web/client/raw.ts';

const CHAT = '50255550101@c.us';

function raw(facts: Readonly<Record<string, unknown>> = {}): RawMessage {
  const id = { fromMe: false, remote: CHAT, id: '3A01', _serialized: `false_${CHAT}_3A01` };
  const read = readRaw({ id, type: 'chat', t: 1_800_000_000, from: CHAT, body: 'hola', ...facts });
  if (read === undefined) throw new Error('no message');
  return read;
}

describe('readMessage', () => {
  it('tells a text with its id, chat and time', () => {
    expect(readMessage(raw())).toEqual({
      id: `false_${CHAT}_3A01`,
      chat: CHAT,
      sentAt: 1_800_000_000_000,
      kind: 'text',
      text: 'hola',
    });
  });

  it('takes ids apart as objects or text, and makes the name of a message that has none', () => {
    const id = { fromMe: false, remote: { _serialized: '900@lid', server: 'lid' }, id: '3A02' };
    expect(readMessage(raw({ id, from: { _serialized: '900@lid' } }))).toMatchObject({
      id: 'false_900@lid_3A02',
      chat: '900@lid',
    });
  });

  it.each([
    ['ptt', 'voice'],
    ['audio', 'voice'],
    ['image', 'picture'],
    ['video', 'picture'],
    ['document', 'document'],
    ['sticker', 'sticker'],
    ['vcard', 'contact'],
    ['multi_vcard', 'contact'],
    ['list_response', 'text'],
    ['buttons_response', 'text'],
    ['unknown', 'unreadable'],
  ])('tells %s as %s', (type, kind) => {
    expect(readMessage(raw({ type }))?.kind).toBe(kind);
  });

  it.each([
    'e2e_notification',
    'notification_template',
    'call_log',
    'protocol',
    'gp2',
    'revoked',
    'ciphertext',
    'album',
  ])('drops %s', (type) => {
    expect(readMessage(raw({ type }))).toBeUndefined();
  });

  it.each([
    ['an own message', { id: { fromMe: true, remote: CHAT, id: '1' } }],
    ['a group', { from: '1203@g.us' }],
    ['a status', { from: 'status@broadcast', isStatusV3: true }],
    ['a broadcast list', { broadcast: true }],
    ['a newsletter', { from: '1203@newsletter' }],
    ['WhatsApp itself', { from: '0@c.us' }],
    ['an empty text', { body: ' ' }],
  ])('drops %s', (_what, facts) => {
    expect(readMessage(raw(facts))).toBeUndefined();
  });

  it('never takes the small picture of a picture for words', () => {
    expect(readMessage(raw({ type: 'image', body: '/9j/4AAQ' }))?.text).toBe('');
    expect(readMessage(raw({ type: 'image', body: '/9j/4AAQ', caption: 'mi DPI' }))?.text).toBe('mi DPI');
    const file = { type: 'document', caption: 'acta.pdf', filename: 'acta.pdf' };
    expect(readMessage(raw(file))?.text).toBe('');
  });

  it('quotes words, and of a picture only those under it', () => {
    expect(readMessage(raw({ quotedMsg: { type: 'chat', body: 'antes' } }))?.quoted).toBe('antes');
    const picture = { type: 'image', body: '/9j/4AAQ', caption: 'aquí' };
    expect(readMessage(raw({ quotedMsg: picture }))?.quoted).toBe('aquí');
  });

  it('tells where somebody is, and that it could not be read where no place is given', () => {
    expect(readMessage(raw({ type: 'location', lat: 14.5, lng: '-90.25' }))).toMatchObject({
      kind: 'location',
      latitude: 14.5,
      longitude: -90.25,
    });
    expect(readMessage(raw({ type: 'location', lat: null, lng: null }))?.kind).toBe('unreadable');
  });

  it('reads the length of a voice note, also where it is given as words', () => {
    expect(readMessage(raw({ type: 'ptt', duration: '12' }))?.seconds).toBe(12);
    expect(readMessage(raw({ type: 'ptt', duration: null }))).not.toHaveProperty('seconds');
  });

  it('does without whatever else is odd', () => {
    expect(readMessage(raw({ quotedMsg: 7, caption: {}, subtype: 1 }))?.text).toBe('hola');
    expect(readRaw({ type: 'chat', body: 'sin id' })).toBeUndefined();
  });
});

describe('readUnreadable', () => {
  it('has an id of its own, so that the words can still come under theirs', () => {
    expect(readUnreadable(raw({ type: 'ciphertext' }))).toMatchObject({
      id: `false_${CHAT}_3A01~unreadable`,
      kind: 'unreadable',
    });
  });
});
