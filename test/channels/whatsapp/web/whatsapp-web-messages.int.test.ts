import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationId, Reply } from '#src/channels/channel.ts';
import type { WhatsAppMessage } from '#src/channels/whatsapp/message.ts';
import { AppError } from '#src/errors.ts';
import { reply } from '../../../contract/channel-contract.ts';
import { chatMessage, type Door, type DoorSettings, openDoor, until } from './door.ts';

const ANA = 'whatsapp:9001@lid' as ConversationId;
const BETO = 'whatsapp:50255550102@c.us' as ConversationId;
const doors: Door[] = [];

async function startReady(settings: DoorSettings = {}): Promise<Door> {
  const door = openDoor(settings);
  doors.push(door);
  await door.channel.start(async () => ({ id: 'turn' }));
  await until(() => door.channel.status().state === 'ready', 'ready');
  return door;
}

function comesIn(door: Door, change: Parameters<typeof chatMessage>[0] = {}): ReturnType<typeof chatMessage> {
  const message = chatMessage(change);
  door.tell({ test: 'emit', message: { type: 'message', message } });
  return message;
}

function texts(messages: readonly WhatsAppMessage[]): readonly string[] {
  return messages.map(({ body }) => (body.kind === 'text' ? body.text : body.kind));
}

afterEach(async () => {
  await Promise.all(doors.splice(0).map((door) => door.close()));
});

describe('what comes in', () => {
  it('is taken with the id to write back to unchanged and all names of the person', async () => {
    const door = await startReady();
    const sentAt = Date.now() - 5_000;
    comesIn(door, { chat: '9001@lid', names: ['9001@lid', '50255550101@c.us'], sentAt, quoted: 'antes' });
    await until(() => door.taken.length === 1, 'the message');
    expect(door.taken[0]).toMatchObject({
      chat: '9001@lid',
      names: [
        { kind: 'whatsapp-lid', value: '9001' },
        { kind: 'whatsapp-phone', value: '50255550101' },
      ],
      sentAt: new Date(sentAt),
      quoted: 'antes',
    });
  });

  it('waits in order while the store is away, and the other chats with it', async () => {
    let isAway = true;
    const taken: WhatsAppMessage[] = [];
    const take = async (message: WhatsAppMessage): Promise<void> => {
      if (isAway) throw new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
      taken.push(message);
    };
    const door = await startReady({ take });
    for (const text of ['uno', 'dos', 'tres']) comesIn(door, { text });
    await until(() => door.channel.facts().taking === 3, 'the messages');
    isAway = false;
    await until(() => taken.length === 3, 'all three');
    expect(texts(taken)).toEqual(['uno', 'dos', 'tres']);
    expect(door.channel.facts().taking).toBe(0);
  });

  it('of one chat does not wait for a slow message of another', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const taken: string[] = [];
    const take = async ({ chat }: WhatsAppMessage): Promise<void> => {
      if (chat === 'slow@lid') await slow;
      taken.push(chat);
    };
    const door = await startReady({ take });
    comesIn(door, { chat: 'slow@lid' });
    comesIn(door, { chat: 'quick@lid' });
    await until(() => taken.includes('quick@lid'), 'the quick one');
    expect(taken).toEqual(['quick@lid']);
    release();
    await until(() => taken.length === 2, 'the slow one');
  });

  it('over which Orienta stumbles does not hold up the next for ever', async () => {
    const taken: string[] = [];
    const take = async ({ body }: WhatsAppMessage): Promise<void> => {
      if (body.kind === 'text' && body.text === 'tropiezo') throw new TypeError('a mistake');
      taken.push(body.kind);
    };
    const door = await startReady({ take });
    comesIn(door, { text: 'tropiezo' });
    comesIn(door, { text: 'sigue' });
    await until(() => taken.length === 1, 'the next');
    expect(door.log.text()).not.toContain('tropiezo');
  });

  it('as a voice note is downloaded when it is asked for', async () => {
    const door = await startReady();
    comesIn(door, { kind: 'voice', text: '', seconds: 4 });
    await until(() => door.taken.length === 1, 'the voice note');
    const body = door.taken[0]?.body;
    expect(body).toMatchObject({ kind: 'voice', seconds: 4 });
    const audio = body?.kind === 'voice' ? await body.download() : undefined;
    expect(audio?.type).toBe('audio/ogg; codecs=opus');
    expect(Buffer.from(audio?.bytes ?? []).toString()).toBe('OggS');
  });

  it('as a reaction says to what; one taken back says nothing', async () => {
    const door = await startReady();
    const chat = '9001@lid';
    const told = { chat, names: [chat], sentAt: Date.now(), to: 'true_9001@lid_1' };
    const reaction = { type: 'reaction' as const, ...told };
    door.tell({ test: 'emit', message: { ...reaction, id: 'r-1', emoji: '👍' } });
    door.tell({ test: 'emit', message: { ...reaction, id: 'r-2', emoji: '' } });
    comesIn(door, { chat });
    await until(() => door.taken.length === 2, 'both');
    expect(door.taken[0]?.body).toEqual({ kind: 'reaction', emoji: '👍', to: 'true_9001@lid_1' });
    expect(door.taken[1]?.body.kind).toBe('text');
  });

  it('and is deleted by its writer is forgotten, after it was kept', async () => {
    const steps: string[] = [];
    const door = await startReady({
      take: async ({ id }) => void steps.push(`take ${id}`),
      forget: async (id) => steps.push(`forget ${id}`),
    });
    const { id, chat } = comesIn(door, { id: 'm-1' });
    door.tell({ test: 'emit', message: { type: 'deleted', id, chat } });
    await until(() => steps.length === 2, 'both');
    expect(steps).toEqual(['take m-1', 'forget m-1']);
  });

  it('and is edited changes what waits, or is a new message once it was answered', async () => {
    const outcomes = ['amended', 'closed', 'closed', 'unknown'] as const;
    let edits = 0;
    const door = await startReady({ amend: async () => outcomes[edits++] ?? 'unknown' });
    const edit = (id: string, text: string): void =>
      door.tell({ test: 'emit', message: { type: 'edited', message: chatMessage({ id, text }) } });
    edit('m-1', 'primera');
    edit('m-1', 'segunda');
    edit('m-1', 'segunda');
    edit('m-1', 'tercera');
    edit('m-2', 'nunca llegó');
    await until(() => door.taken.length === 3, 'the edits');
    expect(texts(door.taken)).toEqual(['segunda', 'tercera', 'nunca llegó']);
    const [second, third, unknown] = door.taken.map(({ id }) => id);
    expect(second).toMatch(/^m-1#[0-9a-f]{16}$/);
    expect(third).not.toBe(second);
    expect(unknown).toBe('m-2');
  });
});

describe('what came in while nobody listened', () => {
  it('is asked for on each ready, from the moment up to which all was kept', async () => {
    const door = await startReady();
    await until(() => door.asked.some(({ type }) => type === 'sweep'), 'the sweep');
    const sentAt = Date.now() - 1_000;
    comesIn(door, { sentAt });
    await until(() => door.taken.length === 1, 'the message');
    await until(() => readMark(door) !== undefined, 'the mark');
    door.tell({ test: 'exit', value: 1 });
    await until(() => door.asked.filter(({ type }) => type === 'sweep').length === 2, 'the second sweep');
    const since = door.asked.findLast(({ type }) => type === 'sweep')?.['since'];
    expect(since).toBeLessThanOrEqual(sentAt);
    expect(since).toBeGreaterThan(Date.now() - 5 * 60_000);
  });

  it('is taken once, whether heard, swept, or both', async () => {
    const door = await startReady();
    const heard = comesIn(door, { text: 'oído' });
    await until(() => door.taken.length === 1, 'the message');
    door.tell({ test: 'wait', message: { type: 'message', message: heard } });
    door.tell({ test: 'wait', message: { type: 'message', message: chatMessage({ text: 'perdido' }) } });
    door.tell({ test: 'emit', message: { type: 'state', state: 'disconnected' } });
    door.tell({ test: 'emit', message: { type: 'state', state: 'ready' } });
    await until(() => door.taken.length === 2, 'the missed one');
    expect(texts(door.taken)).toEqual(['oído', 'perdido']);
  });

  it('is looked for from a message that was never kept, however many came after it', async () => {
    const lost = Date.now() - 60_000;
    const take = async ({ body }: WhatsAppMessage): Promise<void> => {
      if (body.kind === 'text' && body.text === 'atorado')
        throw new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
    };
    const first = await startReady({ take, limits: { stopMs: 200 } });
    await until(() => readMark(first) !== undefined, 'the mark');
    comesIn(first, { text: 'atorado', sentAt: lost });
    comesIn(first, { chat: 'otro@lid', sentAt: Date.now() });
    await until(() => first.channel.facts().taking === 1, 'the stuck one');
    await first.channel.stop();
    const { sessionDir } = first;
    const second = await startReady({ sessionDir });
    await until(() => second.asked.some(({ type }) => type === 'sweep'), 'the sweep');
    expect(second.asked.find(({ type }) => type === 'sweep')?.['since']).toBeLessThan(lost);
  });
});

describe('what goes out', () => {
  it('goes to the id that wrote, after typing is shown', async () => {
    const door = await startReady();
    const ids = await door.channel.send(ANA, reply('Buenos días'));
    expect(door.sent).toMatchObject([{ chat: '9001@lid', text: 'Buenos días' }]);
    expect(ids).toHaveLength(1);
    const types = door.asked.map(({ type }) => type).filter((type) => type !== 'sweep');
    expect(types).toEqual(['typing', 'send-text']);
  });

  it('that is danger is sent at once, without typing', async () => {
    const door = await startReady({ limits: { burst: 1, perMinute: 1, chatGapMs: 60_000 } });
    await door.channel.send(ANA, reply('hola'));
    const waiting = door.channel.send(ANA, reply('más')).catch(() => undefined);
    await door.channel.send(ANA, { ...reply('Llame al 110'), kind: 'emergency' });
    expect(door.sent.map(({ text }) => text)).toEqual(['hola', 'Llame al 110']);
    expect(door.asked.filter(({ type }) => type === 'typing')).toHaveLength(1);
    await door.channel.stop();
    await waiting;
  });

  it.each([
    ['no-chat', 'UNREACHABLE_PERSON', false],
    ['not-sent', 'CHANNEL_UNAVAILABLE', true],
    ['no-ack', 'CHANNEL_UNAVAILABLE', true],
    ['not-ready', 'CHANNEL_UNAVAILABLE', true],
    ['failed', 'CHANNEL_UNAVAILABLE', true],
  ])('and fails as %s is %s', async (fault, code, retryable) => {
    const door = await startReady();
    door.tell({ test: 'fault', value: fault });
    await expect(door.channel.send(ANA, reply('hola'))).rejects.toMatchObject({ code, retryable });
  });

  it('fails to be tried again when the child dies over it, and while there is none', async () => {
    const door = await startReady({ scripts: [{ linkOnStart: true, deaf: true }, { quietStart: true }] });
    const sending = door.channel.send(ANA, reply('hola'));
    setTimeout(() => door.tell({ test: 'exit', value: 1 }), 50);
    await expect(sending).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE', retryable: true });
    await expect(door.channel.send(ANA, reply('hola'))).rejects.toMatchObject({ retryable: true });
  });

  it('in several messages goes on after those that went out before it failed', async () => {
    const door = await startReady({ render: () => ['uno', 'dos', 'tres'] });
    const since = new Date();
    door.tell({ test: 'sends-left', value: 2 });
    await expect(door.channel.send(ANA, reply('x'), { since })).rejects.toMatchObject({ retryable: true });
    expect(door.sent.map(({ text }) => text)).toEqual(['uno', 'dos']);
    door.tell({ test: 'sends-left', value: 9 });
    const ids = await door.channel.send(ANA, reply('x'), { since });
    expect(door.sent.map(({ text }) => text)).toEqual(['uno', 'dos', 'tres']);
    expect(new Set(ids).size).toBe(3);
  });

  it('tells the child since when a copy counts as sent', async () => {
    const door = await startReady();
    const since = new Date('2026-03-02T15:00:00Z');
    await door.channel.send(ANA, reply('hola'), { since });
    expect(door.asked.find(({ type }) => type === 'send-text')?.['since']).toBe(since.getTime());
  });

  it('that was given up while it waited is not sent', async () => {
    const door = await startReady({ limits: { burst: 1, perMinute: 1 } });
    await door.channel.send(ANA, reply('hola'));
    const stop = new AbortController();
    const sending = door.channel.send(BETO, reply('tarde'), { signal: stop.signal });
    stop.abort();
    await expect(sending).rejects.toMatchObject({ retryable: true });
    expect(door.sent).toHaveLength(1);
    expect(door.channel.facts().sending).toBe(0);
  });

  it('is spoken where it can be, and written where it cannot', async () => {
    const spoken: Reply = { ...reply('hola'), spoken: {} };
    const audio = { bytes: Buffer.from('OggS'), type: 'audio/ogg; codecs=opus' };
    const answers = [
      async () => audio,
      async () => undefined,
      async () => Promise.reject(new Error('no voice')),
    ];
    let asked = 0;
    const door = await startReady({ speak: async () => answers[asked++]?.() });
    await door.channel.send(ANA, spoken);
    await door.channel.send(ANA, spoken);
    await door.channel.send(ANA, spoken);
    expect(door.sent).toMatchObject([{ voice: 'T2dnUw==' }, { text: 'hola' }, { text: 'hola' }]);
  });

  it('and fails to several people in a row starts the child again', async () => {
    const door = await startReady();
    door.tell({ test: 'fault', value: 'failed' });
    for (const to of [ANA, BETO, ANA]) await door.channel.send(to, reply('hola')).catch(() => undefined);
    await until(() => door.children.length === 2, 'the restart');
    expect(door.log.text()).toContain('sends');
  });

  it('is never in a log, nor is whom it goes to', async () => {
    const door = await startReady();
    comesIn(door, { chat: '50255550102@c.us', text: 'secreto' });
    await until(() => door.taken.length === 1, 'the message');
    await door.channel.send(BETO, reply('respuesta privada'));
    const telling = { to: '50255550102@c.us', count: 3 };
    const message = { type: 'log', level: 'info', text: 'sent to 50255550102', facts: telling } as const;
    door.tell({ test: 'emit', message });
    await until(() => door.log.text().includes('sent to'), 'the log');
    for (const word of ['secreto', 'privada', '50255550102']) expect(door.log.text()).not.toContain(word);
    expect(door.log.text()).toContain('"count":3');
  });
});

describe('clear', () => {
  it('clears the chat and deletes the copies of the profile', async () => {
    const first = await startReady();
    await first.channel.stop();
    const { sessionDir } = first;
    const snapshot = join(sessionDir, 'snapshot-orienta', 'Default', 'IndexedDB', 'session');
    expect(readFileSync(snapshot, 'utf8')).toBe('linked');
    const door = await startReady({ sessionDir });
    await door.channel.clear?.(ANA);
    expect(door.asked.findLast(({ type }) => type === 'clear')).toMatchObject({ chat: '9001@lid' });
    expect(() => readFileSync(snapshot)).toThrow('ENOENT');
  });

  it('is to be tried again when it could not be done', async () => {
    const door = await startReady();
    door.tell({ test: 'emit', message: { type: 'state', state: 'disconnected' } });
    door.tell({ test: 'exit', value: 1 });
    await until(() => door.channel.facts().state !== 'disconnected' && door.channel.facts().bytes === 0);
    await expect(door.channel.clear?.(ANA)).rejects.toMatchObject({ retryable: true });
  });
});

function readMark(door: Door): number | undefined {
  try {
    return Number(JSON.parse(readFileSync(join(door.sessionDir, 'watermark.json'), 'utf8')).keptUntil);
  } catch {
    return undefined;
  }
}
