import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId, Reply } from '#src/channels/channel.ts';
import type { OnPress, PressOutcome } from '#src/channels/press.ts';
import { createOnPress } from '#src/conversation/press-button.ts';
import { sayReply } from '#src/conversation/replies.ts';
import { decodeReply, encodeReply } from '#src/conversation/reply-codec.ts';
import { encodeContext } from '#src/conversation/talk-context.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import { KEY_A } from '../contract/stores.ts';
import { pgliteDatabase, type TestDatabase } from '../support/databases.ts';

const CHAT = 'teams:chat-1' as ConversationId;
const ROOM = 'teams:19:juridico@thread.tacv2' as ConversationId;
const THREAD = 'teams:19:juridico@thread.tacv2;messageid=7' as ConversationId;
const IN_CHAT = { conversation: CHAT, room: CHAT };
const IN_ROOM = { conversation: THREAD, room: ROOM };

const ANSWER: Reply = {
  kind: 'answer',
  language: 'es',
  blocks: [{ kind: 'paragraph', text: 'Sí, con su constancia.' }],
  citations: [
    {
      unit: 'codigo-migracion/6',
      norm: 'codigo-migracion',
      article: '6',
      label: 'Código de Migración, artículo 6',
      url: 'https://orienta.example/normas/codigo-migracion#art-6',
      validity: { status: 'vigente', since: '2017' },
      review: { state: 'fuente-publica' },
      stateWords: 'vigente desde 2017',
      wording: { statements: ['Puede trabajar.'], sources: ['igm.gob.gt'] },
    },
  ],
};

let place: TestDatabase;
let database: Database;
let store: Store;
let press: OnPress;
let woken = 0;
let nowMs = Date.parse('2026-11-22T12:00:00Z');

beforeAll(async () => {
  place = await pgliteDatabase();
  database = await place.open();
});
beforeEach(async () => {
  await restart();
  woken = 0;
});
afterAll(() => place.dispose());

/** The process ends and starts again over the same data. */
async function restart(): Promise<void> {
  store = await openStore({ database, keys: parseDataKeys(KEY_A) });
  press = createOnPress({
    store,
    legalRoom: ROOM,
    desk: {
      exportTables: async (kept) =>
        sayReply('command', 'es', `Archivo de ${kept === undefined ? 'nada' : words(decodeReply(kept))}`),
      copyForWhatsApp: (kept) =>
        sayReply('command', 'es', `Copia de ${kept === undefined ? 'nada' : words(decodeReply(kept))}`),
    },
    now: () => new Date(nowMs),
    onReply: () => {
      woken += 1;
    },
  });
}

let count = 0;
/** A question that has been answered. @returns its turn */
async function asked(text: string, reply: Reply = ANSWER, topic = text): Promise<string> {
  count += 1;
  await store.inbox.accept({
    channel: 'teams',
    platformId: `m${count}`,
    conversation: CHAT,
    sender: [{ kind: 'teams-aad', value: 'ana' }],
    audience: 'staff',
    text,
    receivedAt: new Date(),
  });
  const [turn] = await store.inbox.claim({ limit: 1, leaseMs: 10_000 });
  if (turn === undefined) throw new Error('nothing to answer');
  await store.inbox.close(turn, {
    kind: reply.kind,
    reply: encodeReply({ ...reply, turn: turn.id }),
    masked: [text],
    context: encodeContext({ topic, language: 'es' }),
    sensitive: false,
  });
  await delivered();
  return turn.id;
}

/** Delivers what waits. @returns where to and what */
async function delivered(): Promise<readonly (readonly [ConversationId, Reply])[]> {
  const left: (readonly [ConversationId, Reply])[] = [];
  for (;;) {
    const waiting = await store.outbox.claim({ channels: ['teams'], limit: 10, leaseMs: 10_000 });
    if (waiting.length === 0) return left;
    for (const delivery of waiting) {
      left.push([delivery.conversation, decodeReply(delivery.payload)]);
      await store.outbox.delivered(delivery, ['1']);
    }
  }
}

function words(reply: Reply | undefined): string {
  return (reply?.blocks ?? []).map((block) => ('text' in block ? block.text : '')).join('\n');
}

function standing(outcome: PressOutcome): unknown {
  return outcome.kind === 'unknown' ? outcome.kind : [outcome.kind, outcome.standing];
}

describe('an opinion', () => {
  it('counts once, and the answer comes back to be shown with it', async () => {
    const turn = await asked('¿puedo trabajar?');
    const first = await press({ kind: 'judge', turn, verdict: 'wrong' }, IN_CHAT);
    expect(standing(first)).toEqual(['done', { verdict: 'wrong' }]);
    expect(first).toMatchObject({ reply: { turn, blocks: ANSWER.blocks } });
    const again = await press({ kind: 'judge', turn, verdict: 'yes' }, IN_CHAT);
    expect(standing(again)).toEqual(['repeated', { verdict: 'wrong' }]);
    expect(await delivered()).toEqual([]);
  });

  it('on a turn of another conversation is refused', async () => {
    const turn = await asked('¿puedo trabajar?');
    const elsewhere = { conversation: 'teams:chat-9' as ConversationId, room: ROOM };
    expect(await press({ kind: 'judge', turn, verdict: 'yes' }, elsewhere)).toEqual({ kind: 'unknown' });
    expect(await press({ kind: 'cite', turn }, elsewhere)).toEqual({ kind: 'unknown' });
    expect(await press({ kind: 'ask-legal', turn, asker: 'x' }, elsewhere)).toEqual({ kind: 'unknown' });
  });
});

describe('the citation', () => {
  it('is sent once as plain text', async () => {
    const turn = await asked('¿puedo trabajar?');
    expect(standing(await press({ kind: 'cite', turn }, IN_CHAT))).toEqual(['done', {}]);
    expect(standing(await press({ kind: 'cite', turn }, IN_CHAT))).toEqual(['repeated', {}]);
    expect(woken).toBe(1);
    const sent = await delivered();
    expect(sent.map(([to, reply]) => [to, words(reply), reply.citations])).toEqual([
      [
        CHAT,
        'Código de Migración, artículo 6 (vigente desde 2017). https://orienta.example/normas/codigo-migracion#art-6',
        [],
      ],
    ]);
  });
});

describe('a question for the legal unit', () => {
  it('goes there without personal data, with what it was about and what was answered', async () => {
    const turn = await asked(
      '¿y si mi DPI es 1234 56789 0101?',
      ANSWER,
      '¿puedo trabajar? me llamo Ana López',
    );
    const asking = { kind: 'ask-legal', turn, asker: 'una persona del equipo (lector)' } as const;
    expect(standing(await press(asking, IN_CHAT))).toEqual(['done', { legal: 'asked' }]);
    const [[to, question] = []] = await delivered();
    expect(to).toBe(ROOM);
    expect(question).toMatchObject({ kind: 'handoff', asks: turn });
    expect(words(question)).toBe(
      [
        'Pregunta de una persona del equipo (lector):',
        '«¿y si mi DPI es [documento]?»',
        'Se hablaba de: ¿puedo trabajar? me llamo [nombre]',
        'Orienta respondió: Sí, con su constancia.',
      ].join('\n'),
    );
    expect(question?.citations).toEqual([expect.not.objectContaining({ wording: expect.anything() })]);
  });

  it('is put once and answered once, restarts in between', async () => {
    const turn = await asked('¿y si nació en el camino?');
    const asking = { kind: 'ask-legal', turn, asker: 'una persona' } as const;
    await press(asking, IN_CHAT);
    await restart();
    expect(standing(await press(asking, IN_CHAT))).toEqual(['repeated', { legal: 'asked' }]);
    expect((await delivered()).map(([to]) => to)).toEqual([ROOM]);
    await restart();
    const answering = { kind: 'answer-legal', turn, text: ' Sí puede.\nVea el artículo 6. ' } as const;
    const answered = await press(answering, IN_ROOM);
    expect(standing(answered)).toEqual(['done', { legal: 'answered' }]);
    expect(answered).toMatchObject({ reply: { asks: turn } });
    await restart();
    expect(standing(await press({ ...answering, text: 'No puede.' }, IN_ROOM))).toEqual([
      'repeated',
      { legal: 'answered' },
    ]);
    const back = await delivered();
    expect(back.map(([to, reply]) => [to, reply.kind, words(reply)])).toEqual([
      [
        CHAT,
        'handoff',
        'Jurídico respondió a su pregunta «¿y si nació en el camino?»:\nSí puede.\nVea el artículo 6.',
      ],
    ]);
    const later = await press({ kind: 'judge', turn, verdict: 'yes' }, IN_CHAT);
    expect(standing(later)).toEqual(['done', { verdict: 'yes', legal: 'answered' }]);
  });

  it('is answered only from the room in which it was put', async () => {
    const turn = await asked('¿y si nació en el camino?');
    await press({ kind: 'ask-legal', turn, asker: 'una persona' }, IN_CHAT);
    await delivered();
    const forged = await press({ kind: 'answer-legal', turn, text: 'Pague aquí.' }, IN_CHAT);
    expect(forged).toEqual({ kind: 'unknown' });
    expect(await delivered()).toEqual([]);
  });

  it('is not put where there is no legal unit', async () => {
    press = createOnPress({ store, legalRoom: undefined, now: () => new Date(), onReply: () => undefined });
    const turn = await asked('¿puedo trabajar?');
    expect(await press({ kind: 'ask-legal', turn, asker: 'x' }, IN_CHAT)).toEqual({ kind: 'unknown' });
    expect(await delivered()).toEqual([]);
  });
});

describe('a file or a text of an answer', () => {
  it('comes once, however often the button is pressed, and a new file when the old link has ended', async () => {
    const turn = await asked('¿cuánto cuesta?');
    const said = words(ANSWER);
    expect(standing(await press({ kind: 'export', turn }, IN_CHAT))).toEqual(['done', {}]);
    expect(standing(await press({ kind: 'export', turn }, IN_CHAT))).toEqual(['repeated', {}]);
    expect(standing(await press({ kind: 'copy', turn }, IN_CHAT))).toEqual(['done', {}]);
    expect((await delivered()).map(([to, reply]) => [to, words(reply)])).toEqual([
      [CHAT, `Archivo de ${said}`],
      [CHAT, `Copia de ${said}`],
    ]);
    nowMs += 31 * 60_000;
    await press({ kind: 'export', turn }, IN_CHAT);
    await press({ kind: 'copy', turn }, IN_CHAT);
    expect((await delivered()).map(([, reply]) => words(reply))).toEqual([`Archivo de ${said}`]);
  });

  it('is made only where the answer was given', async () => {
    const turn = await asked('¿cuánto tarda?');
    expect(await press({ kind: 'export', turn }, { conversation: ROOM, room: ROOM })).toEqual({
      kind: 'unknown',
    });
    expect(await press({ kind: 'copy', turn }, { conversation: ROOM, room: ROOM })).toEqual({
      kind: 'unknown',
    });
    expect(await delivered()).toEqual([]);
  });
});
