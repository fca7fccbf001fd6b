import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAcks } from '#src/channels/whatsapp/web/client/acks.ts';
import { createSend, type SendRequest } from '#src/channels/whatsapp/web/client/send.ts';
import { type FakePageParts, fakePage, held } from './fake-page.ts';

const CHAT = '50255550101@c.us';
const SINCE = 1_800_000_000_500;
const REQUEST: SendRequest = { type: 'send-text', request: 1, chat: CHAT, text: 'hola', since: SINCE };

function setUp(
  parts: FakePageParts,
  give: () => unknown = () => ({ _data: held('NEW', { fromMe: true, ack: 1 }) }),
) {
  const sent: unknown[] = [];
  const client = {
    pupPage: fakePage(parts),
    sendMessage: async (...args: readonly unknown[]) => {
      sent.push(args);
      return give();
    },
  };
  return {
    send: createSend(
      client,
      createAcks(async () => null),
    ),
    sent,
  };
}

const own = (id: string, facts: Parameters<typeof held>[1] = {}) =>
  held(id, { fromMe: true, body: 'hola', ...facts });

describe('createSend', () => {
  it('sends without preview and without marking as read, to the id unchanged', async () => {
    const { send, sent } = setUp({});
    expect(await send(REQUEST)).toEqual({ value: `true_${CHAT}_NEW` });
    expect(sent).toEqual([[CHAT, 'hola', { linkPreview: false, sendSeen: false, parseVCards: false }]]);
  });

  it.each([
    ['the chat', { chats: [CHAT] }],
    ['all messages, where chats have no list', {}],
  ])('takes a copy that went out since then for sent, found in %s', async (_where, where) => {
    const { send, sent } = setUp({ ...where, messages: [own('OLD', { ack: 2 })] });
    expect(await send(REQUEST)).toEqual({ value: `true_${CHAT}_OLD` });
    expect(sent).toEqual([]);
  });

  it.each([
    ['is older', own('X', { ack: 2, t: 1_799_999_999 })],
    ['says something else', own('X', { ack: 2, body: 'adiós' })],
    ['was given up', own('X', { ack: -1 })],
    ['is theirs', held('X', { body: 'hola' })],
    ['is in another chat', own('X', { ack: 2, chat: '50255550102@c.us' })],
  ])('sends when a message %s', async (_what, message) => {
    const { send, sent } = setUp({ messages: [message] });
    expect(await send(REQUEST)).toMatchObject({ value: `true_${CHAT}_NEW` });
    expect(sent).toHaveLength(1);
  });

  it('takes a copy for one request only', async () => {
    const { send, sent } = setUp({ messages: [own('OLD', { ack: 2 })] });
    await send(REQUEST);
    await send({ ...REQUEST, request: 2 });
    expect(sent).toHaveLength(1);
  });

  it('knows a voice note again by its file', async () => {
    const data = Buffer.from('OggS').toString('base64');
    const filehash = createHash('sha256').update('OggS').digest('base64');
    const request: SendRequest = { type: 'send-voice', request: 1, chat: CHAT, data, since: SINCE };
    const same = setUp({ messages: [own('OLD', { type: 'ptt', filehash, ack: 1 })] });
    expect(await same.send(request)).toEqual({ value: `true_${CHAT}_OLD` });
    const other = setUp({ messages: [own('OLD', { type: 'ptt', filehash: 'x', ack: 1 })] });
    await other.send(request);
    expect(other.sent).toHaveLength(1);
  });

  it('says that nobody is there only when WhatsApp says so', async () => {
    const nothing = (): undefined => undefined;
    const fail = (): never => {
      throw new Error('sendMsgRecord: failed');
    };
    expect(await setUp({ known: [] }, nothing).send(REQUEST)).toEqual({ code: 'no-chat' });
    expect(await setUp({ known: [CHAT] }, nothing).send(REQUEST)).toEqual({ code: 'not-sent' });
    expect(await setUp({ chats: [CHAT] }, nothing).send(REQUEST)).toEqual({ code: 'not-sent' });
    expect(await setUp({ known: [CHAT] }, fail).send(REQUEST)).toEqual({ code: 'failed' });
    expect(await setUp({}, fail).send(REQUEST)).toEqual({ code: 'failed' });
    expect(await setUp({ known: [] }, fail).send(REQUEST)).toEqual({ code: 'no-chat' });
  });

  it('asks for the person once where the page lacked an id, and sends then', async () => {
    let tries = 0;
    const { send, sent } = setUp({ known: [CHAT] }, () => {
      tries += 1;
      if (tries === 1) throw new Error('No LID for user');
      return { _data: own('NEW', { ack: 1 }) };
    });
    expect(await send(REQUEST)).toEqual({ value: `true_${CHAT}_NEW` });
    expect(sent).toHaveLength(2);
  });

  it('does not try again blindly: without a look at the chat it sends once', async () => {
    const broken = { modules: { WAWebCollections: undefined } };
    const { send, sent } = setUp(broken, () => ({ _data: own('NEW', { ack: -1 }) }));
    expect(await send(REQUEST)).toEqual({ code: 'not-sent' });
    await expect(send(REQUEST)).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});
