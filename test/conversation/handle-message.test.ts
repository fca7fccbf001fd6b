import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId, InboundMessage } from '#src/channels/channel.ts';
import { guatemalanDay, guatemalanHour } from '#src/conversation/guatemalan-time.ts';
import { createHandleMessage, type HandleMessage } from '#src/conversation/handle-message.ts';
import { type Query, turnParts } from './talk-harness.ts';

let queries: Query[];
let now: Date;
let handle: HandleMessage;

beforeEach(() => {
  queries = [];
  now = new Date('2026-03-01T03:00:00Z');
  handle = createHandleMessage(turnParts(queries, { now: () => now }));
});

function message(text: string, more: Partial<InboundMessage> = {}): InboundMessage {
  const conversation = 'web:1' as ConversationId;
  return { channel: 'web', id: text, conversation, audience: 'public', text, receivedAt: now, ...more };
}

describe('one turn', () => {
  it('answers a courtesy without searching', async () => {
    const reply = await handle(message('Hola, buenas tardes'), undefined);
    expect(reply).toMatchObject({ reply: { kind: 'smalltalk', citations: [] }, retrieved: [] });
    expect(queries).toEqual([]);
  });

  it('searches as the audience of the message, on the day it is in Guatemala', async () => {
    await handle(message('clases de pasaporte oficial', { audience: 'staff' }), undefined);
    expect(queries[0]?.options).toMatchObject({ audience: 'staff', asOf: '2026-02-28' });
  });

  it('asks about the day that was said', async () => {
    await handle(message('clases de pasaporte oficial', { asOf: '2020-01-01' }), undefined);
    expect(queries[0]?.options.asOf).toBe('2020-01-01');
  });

  it('understands a follow-up from what the turn before left', async () => {
    const { context } = await handle(message('quiero sacar pasaporte ordinario'), undefined);
    await handle(message('¿y cuánto cuesta?'), context);
    expect(queries[1]?.query).toContain('pasaporte');
    await handle(message('¿y cuánto cuesta?'), undefined);
    expect(queries[2]?.query).toBe('¿y cuánto cuesta?');
  });

  it('remembers no personal data', async () => {
    const { context } = await handle(message('mi pasaporte es C1234567 y quiero renovarlo'), undefined);
    expect(context?.topic).toContain('[documento]');
    expect(context?.topic).not.toContain('1234567');
  });

  it('tells a turn about refuge from one about papers', async () => {
    expect((await handle(message('quiero sacar pasaporte ordinario'), undefined)).sensitive).toBe(false);
    expect((await handle(message('pido refugio, tengo miedo'), undefined)).sensitive).toBe(true);
  });

  it('names the article it does not hold', async () => {
    const { reply } = await handle(message('artículo 999 del Código de Migración'), undefined);
    expect(reply?.kind).toBe('declined');
    expect(JSON.stringify(reply?.blocks)).toContain('el artículo 999 (Código de Migración)');
  });
});

describe('erasing', () => {
  it.each([
    ['borrar mis datos', 'sí', 'es'],
    ['Por favor, borre mis datos', '1', 'es'],
    ['delete my data', 'yes', 'en'],
    ['apagar meus dados', 'sim', 'pt'],
    ['effacer mes données', 'oui', 'fr'],
    ['efase done mwen', 'wi', 'ht'],
  ])('"%s" asks, and "%s" erases', async (command, yes) => {
    const asked = await handle(message(command), undefined);
    expect(asked).toMatchObject({ reply: { kind: 'command' }, erasePerson: false });
    const done = await handle(message(yes), asked.context);
    expect(done).toMatchObject({ reply: { kind: 'command' }, erasePerson: true, context: undefined });
    expect(queries).toEqual([]);
  });

  it('erases nothing on a no, on another question, or without having asked', async () => {
    const asked = await handle(message('borrar mis datos'), undefined);
    for (const no of ['no', '2', 'la segunda']) {
      expect((await handle(message(no), asked.context)).erasePerson).toBe(false);
    }
    const again = await handle(message('3'), asked.context);
    expect(again).toMatchObject({ erasePerson: false, context: { pending: 'erase' } });
    const other = await handle(message('¿cuánto cuesta el pasaporte?'), asked.context);
    expect(other.erasePerson).toBe(false);
    expect((await handle(message('sí'), other.context)).erasePerson).toBe(false);
    expect((await handle(message('sí'), undefined)).erasePerson).toBe(false);
  });

  it('is not set off by a question about data', async () => {
    const turn = await handle(
      message('¿puedo pedir que el IGM borre mis datos personales de su registro?'),
      undefined,
    );
    expect(turn.reply?.kind).not.toBe('command');
  });
});

describe('the time in Guatemala', () => {
  it('is the day before until six in the morning, UTC', () => {
    expect(guatemalanDay(new Date('2024-03-01T05:59:59Z'))).toBe('2024-02-29');
    expect(guatemalanDay(new Date('2024-03-01T06:00:00Z'))).toBe('2024-03-01');
  });

  it('has hours without a zero before them', () => {
    expect(guatemalanHour(new Date('2024-03-01T03:40:00Z'))).toBe('21:40');
    expect(guatemalanHour(new Date('2024-03-01T13:05:00Z'))).toBe('7:05');
    expect(guatemalanHour(new Date('2024-03-01T06:05:00Z'))).toBe('0:05');
  });
});
