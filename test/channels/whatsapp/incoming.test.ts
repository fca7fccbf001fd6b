import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { InboundMessage, Receive, SenderName } from '#src/channels/channel.ts';
import { MAX_MESSAGE_LENGTH } from '#src/channels/message-limit.ts';
import { createTakeMessage, type TakeMessageParts } from '#src/channels/whatsapp/incoming.ts';
import type { MessageBody, WhatsAppMessage } from '#src/channels/whatsapp/message.ts';
import { AppError } from '#src/errors.ts';
import { createPlaces } from '#src/places/places.ts';
import { readGazetteer } from '#src/places/read-gazetteer.ts';
import { createLogBook, type LogBook } from '../teams/log-book.ts';
import { oggFile } from './ogg.ts';

const NOW = new Date('2026-03-02T15:00:00Z');
const HOUR = 3_600_000;
const PHONE: SenderName = { kind: 'whatsapp-phone', value: '50255550101' };
const LID: SenderName = { kind: 'whatsapp-lid', value: '9001' };
const VOICE = { bytes: oggFile(12), type: 'audio/ogg; codecs=opus' };
const places = createPlaces(async () => readGazetteer());

let now: Date;
let book: LogBook;
let taken: InboundMessage[];
const receive: Receive = async (message) => {
  taken.push(message);
  return { id: 'turn' };
};

beforeEach(() => {
  now = NOW;
  book = createLogBook();
  taken = [];
});

function taker(parts: Partial<TakeMessageParts> = {}) {
  return createTakeMessage({ places, now: () => now, log: book.log, waitsMs: [1, 1], ...parts });
}

function messageOf(body: MessageBody, more: Partial<WhatsAppMessage> = {}): WhatsAppMessage {
  return { id: 'false_1', chat: '50255550101@c.us', names: [PHONE], sentAt: NOW, body, ...more };
}

const textOf = (text: string, more: Partial<WhatsAppMessage> = {}) => messageOf({ kind: 'text', text }, more);

describe('a text', () => {
  it('is handed in with who wrote, when, and what it answers', async () => {
    const sentAt = new Date(NOW.getTime() - HOUR);
    const names = [LID, PHONE] as const;
    await taker()(
      textOf(' *Hola*, ¿y para mi hijo? ', {
        chat: '9001@lid',
        names,
        sentAt,
        quoted: '*Pasaporte*: 50 dólares',
      }),
      receive,
    );
    expect(taken).toEqual([
      {
        channel: 'whatsapp',
        id: 'false_1',
        conversation: 'whatsapp:9001@lid',
        names,
        audience: 'public',
        form: 'text',
        text: 'Hola, ¿y para mi hijo?',
        quoted: 'Pasaporte: 50 dólares',
        receivedAt: sentAt,
      },
    ]);
  });

  it('of nothing to read is not taken, and an empty quote is none', async () => {
    await taker()(textOf(' \u200e\n'), receive);
    expect(taken).toEqual([]);
    await taker()(textOf('hola', { quoted: ' ' }), receive);
    expect(taken[0]).not.toHaveProperty('quoted');
  });

  it('that is too long is taken up to the limit', async () => {
    await taker()(textOf('a'.repeat(70_000), { quoted: 'b'.repeat(70_000) }), receive);
    expect(taken[0]?.text).toHaveLength(MAX_MESSAGE_LENGTH);
    expect(taken[0]?.quoted).toHaveLength(MAX_MESSAGE_LENGTH);
  });

  it('is taken for 72 hours and no longer', async () => {
    const aged = (ms: number) => textOf('hola', { sentAt: new Date(NOW.getTime() - ms) });
    await taker()(aged(72 * HOUR), receive);
    expect(taken).toHaveLength(1);
    await taker()(aged(72 * HOUR + 1), receive);
    expect(taken).toHaveLength(1);
  });

  it('that cannot be kept now comes back as an error to whoever handed it in', async () => {
    const away = new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
    await expect(taker()(textOf('hola'), () => Promise.reject(away))).rejects.toBe(away);
  });
});

describe('a message of another form', () => {
  it.each(['sticker', 'contact', 'unreadable', 'call'] as const)('%s is taken as such', async (kind) => {
    await taker()(messageOf({ kind }), receive);
    expect(taken).toMatchObject([{ form: kind, text: '' }]);
  });

  it.each(['picture', 'document'] as const)('%s is taken with its caption, or with none', async (kind) => {
    await taker()(messageOf({ kind, caption: ' _Mi_ cédula ' }), receive);
    await taker()(messageOf({ kind, caption: '' }), receive);
    expect(taken).toMatchObject([
      { form: kind, text: 'Mi cédula' },
      { form: kind, text: '' },
    ]);
  });

  it('reaction is taken with its emoji, and not when it is taken back', async () => {
    await taker()(messageOf({ kind: 'reaction', emoji: '👍', to: 'true_9' }), receive);
    await taker()(messageOf({ kind: 'reaction', emoji: '', to: 'true_9' }), receive);
    expect(taken).toMatchObject([{ form: 'reaction', text: '👍' }]);
  });
});

describe('a location', () => {
  it('becomes the id of a place, and its coordinates are nowhere', async () => {
    await taker()(messageOf({ kind: 'location', latitude: 14.67912, longitude: -92.14534 }), receive);
    expect(taken).toMatchObject([{ form: 'location', text: 'gt-3598129' }]);
    expect(JSON.stringify(taken) + book.text()).not.toMatch(/14\.67|92\.14/);
  });

  it.each([
    [0, 0],
    [Number.NaN, Number.NaN],
  ])('at %d, %d is taken as no place that is known', async (latitude, longitude) => {
    await taker()(messageOf({ kind: 'location', latitude, longitude }), receive);
    expect(taken).toMatchObject([{ form: 'location', text: '' }]);
  });

  it('is taken as no known place when the gazetteer fails, which the log tells', async () => {
    const broken = { locate: () => Promise.reject(new AppError('PLACES_UNAVAILABLE', 'broken at 14.67912')) };
    await taker({ places: broken })(
      messageOf({ kind: 'location', latitude: 14.67912, longitude: -92.14534 }),
      receive,
    );
    expect(taken).toMatchObject([{ form: 'location', text: '' }]);
    expect(book.text()).toContain('PLACES_UNAVAILABLE');
    expect(book.text()).not.toContain('14.67');
  });
});

describe('a call', () => {
  const call = (more: Partial<WhatsAppMessage> = {}) => messageOf({ kind: 'call' }, more);

  it('of one person is taken once in ten minutes, under whatever name', async () => {
    const take = taker();
    await take(call({ id: 'a', names: [LID, PHONE] }), receive);
    await take(call({ id: 'b', names: [PHONE] }), receive);
    await take(call({ id: 'c', names: [LID] }), receive);
    expect(taken.map(({ id }) => id)).toEqual(['a']);
    await take(call({ id: 'd', names: [{ ...PHONE, value: '50255550102' }] }), receive);
    expect(taken.map(({ id }) => id)).toEqual(['a', 'd']);
    now = new Date(NOW.getTime() + HOUR / 6);
    await take(call({ id: 'e' }), receive);
    expect(taken.map(({ id }) => id)).toEqual(['a', 'd', 'e']);
  });

  it('that could not be kept is taken when it comes again', async () => {
    const take = taker();
    await expect(take(call(), () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await take(call(), receive);
    expect(taken).toHaveLength(1);
  });

  it('keeps nobody from writing', async () => {
    const take = taker();
    await take(call(), receive);
    await take(textOf('hola'), receive);
    expect(taken.map(({ form }) => form)).toEqual(['call', 'text']);
  });
});

describe('a voice note', () => {
  const voiceOf = (download: () => Promise<unknown>, seconds: number | undefined = 12): WhatsAppMessage =>
    messageOf({ kind: 'voice', seconds, download: download as () => Promise<typeof VOICE | undefined> });
  const transcribe = async () => ' *¿Cuánto cuesta* el pasaporte? ';

  it('is taken as what was understood of it', async () => {
    const heard = vi.fn(transcribe);
    await taker({ transcribe: heard })(
      voiceOf(async () => VOICE),
      receive,
    );
    expect(heard).toHaveBeenCalledExactlyOnceWith(VOICE);
    expect(taken).toMatchObject([{ form: 'voice', text: '¿Cuánto cuesta el pasaporte?' }]);
    expect(taken[0]).not.toHaveProperty('audio');
    expect(book.text()).not.toContain('pasaporte');
  });

  it('is not even downloaded without a service', async () => {
    const download = vi.fn(async () => VOICE);
    await taker()(voiceOf(download), receive);
    expect(download).not.toHaveBeenCalled();
    expect(taken).toMatchObject([{ form: 'voice', text: '' }]);
  });

  it.each([
    ['comes as undefined', () => Promise.resolve(undefined)],
    ['comes as null', () => Promise.resolve(null)],
    ['comes empty', () => Promise.resolve({ ...VOICE, bytes: new Uint8Array() })],
    ['fails', () => Promise.reject(new Error('50255550101'))],
  ])('whose audio %s is asked for three times', async (_how, fail) => {
    const never = vi.fn(fail);
    await taker({ transcribe })(voiceOf(never), receive);
    expect(never).toHaveBeenCalledTimes(3);
    const third = vi.fn<() => Promise<unknown>>().mockImplementationOnce(fail).mockImplementationOnce(fail);
    await taker({ transcribe })(voiceOf(third.mockResolvedValue(VOICE)), receive);
    expect(taken.map(({ text }) => text)).toEqual(['', '¿Cuánto cuesta el pasaporte?']);
    expect(book.text()).not.toContain('50255550101');
  });

  it('is not asked for again when the first attempt took long: the door has tried again itself', async () => {
    const slow = vi.fn(async () => {
      now = new Date(now.getTime() + 16_000);
      return undefined;
    });
    await taker({ transcribe })(voiceOf(slow), receive);
    expect(slow).toHaveBeenCalledOnce();
  });

  it.each([
    ['is said to be too long', 121, VOICE],
    ['is too long by its own pages', undefined, { ...VOICE, bytes: oggFile(121) }],
    ['is too large', undefined, { ...VOICE, bytes: new Uint8Array(5 * 1024 * 1024 + 1) }],
  ])('that %s goes to no service', async (_why, seconds, audio) => {
    const heard = vi.fn(transcribe);
    const message = messageOf({ kind: 'voice', seconds, download: async () => audio });
    await taker({ transcribe: heard })(message, receive);
    expect(heard).not.toHaveBeenCalled();
    expect(taken).toMatchObject([{ form: 'voice', text: '' }]);
  });

  it('of two minutes still does', async () => {
    await taker({ transcribe })(
      voiceOf(async () => ({ ...VOICE, bytes: oggFile(120) }), 120),
      receive,
    );
    expect(taken[0]?.text).not.toBe('');
  });

  it.each([
    ['understands nothing', async () => undefined],
    ['throws', () => Promise.reject(new Error('what was said'))],
  ])('is taken without words when the service %s', async (_how, failing) => {
    await taker({ transcribe: failing })(
      voiceOf(async () => VOICE),
      receive,
    );
    expect(taken).toMatchObject([{ form: 'voice', text: '' }]);
    expect(book.text()).not.toContain('what was said');
  });

  it('with more words than a message may have is taken up to the limit', async () => {
    await taker({ transcribe: async () => 'a'.repeat(3_000) })(
      voiceOf(async () => VOICE),
      receive,
    );
    expect(taken[0]?.text).toHaveLength(MAX_MESSAGE_LENGTH);
  });
});

it('no log line tells who wrote or what', async () => {
  const take = taker();
  await take(textOf('secreto', { sentAt: new Date(0) }), receive);
  await take(messageOf({ kind: 'voice', seconds: 500, download: async () => VOICE }), receive);
  expect(book.text()).not.toMatch(/secreto|5025555|false_1/);
});
