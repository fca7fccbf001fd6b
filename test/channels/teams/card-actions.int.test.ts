import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationId, Reply } from '#src/channels/channel.ts';
import type { OnPress, Press, PressedIn } from '#src/channels/press.ts';
import { readActivity } from '#src/channels/teams/activity.ts';
import { createCardActions } from '#src/channels/teams/card-actions.ts';
import { VERBS } from '#src/channels/teams/card-buttons.ts';
import { adaptiveCard } from '#src/channels/teams/card-elements.ts';
import { PRESS_WORDS, STANDING_WORDS } from '#src/channels/teams/card-words.ts';
import { AppError } from '#src/errors.ts';
import { type BotSetup, startTeamsBot, type TeamsBot } from './teams-bot.ts';
import { recorded } from './teams-platform.ts';

const TURN = '7b0a2a53-8f8e-4c3e-9a86-3a2b8e7d0001';
const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const reply: Reply = {
  kind: 'declined',
  language: 'es',
  turn: TURN,
  blocks: [{ kind: 'paragraph', text: 'No lo sé.' }],
  citations: [],
};

let bot: TeamsBot;
let pressed: (readonly [Press, PressedIn])[] = [];
afterEach(async () => {
  pressed = [];
  await bot.close();
});

const takes: OnPress = async (press, where) => {
  pressed.push([press, where]);
  return { kind: 'done', reply, standing: { verdict: 'yes' } };
};

async function start(onPress: OnPress = takes, setup: BotSetup = {}): Promise<void> {
  bot = await startTeamsBot({ ...setup, onPress });
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function press(
  verb: string,
  data: unknown,
  over: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const response = await bot.platform.post(
    recorded('personal-card-action', {
      serviceUrl: bot.platform.serviceUrl,
      value: { action: { type: 'Action.Execute', title: 'Sí', verb, data } },
      ...over,
    }),
  );
  return { status: response.status, body: await response.json() };
}

describe('a button under an answer', () => {
  it('is done, and its card changes for who pressed and for everybody', async () => {
    await start();
    const asPressed = recorded('personal-card-action', { serviceUrl: bot.platform.serviceUrl });
    const { conversation } = asPressed;
    const response = await bot.platform.post(asPressed);
    const answer = { status: response.status, body: await response.json() };
    const address = `teams:${conversation.id}`;
    expect(pressed).toEqual([
      [
        { kind: 'judge', turn: TURN, verdict: 'yes' },
        { conversation: address, room: address },
      ],
    ]);
    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: CARD } });
    expect(JSON.stringify(answer.body)).toContain(STANDING_WORDS.verdicts.yes);
    await bot.platform.waitForMessages(conversation.id, 1);
    const [change] = bot.platform.written;
    expect(change).toMatchObject({ method: 'PUT', type: 'message', summary: 'No lo sé.' });
    expect(change?.text).toBeUndefined();
    expect(change?.attachments?.[0]?.content).toEqual(Object(answer.body)['value']);
  });

  it.each([
    [VERBS.cite, { occasion: TURN }, { kind: 'cite', turn: TURN }],
    [
      VERBS.answerLegal,
      { occasion: TURN, respuesta: ' Sí puede. ' },
      { kind: 'answer-legal', turn: TURN, text: 'Sí puede.' },
    ],
  ])('%s reaches the conversation', async (verb, data, wanted) => {
    await start();
    expect(await press(verb, data)).toMatchObject({ status: 200, body: { type: CARD } });
    expect(pressed.map(([what]) => what)).toEqual([wanted]);
  });

  it('asks the legal unit with the role of who asks, and without who they are', async () => {
    await start(takes, {
      env: { TEAMS_LEGAL_CONVERSATION: '19:juridico@thread.tacv2', TEAMS_DEV_ROLE: 'editor' },
    });
    await press(VERBS.askLegal, { occasion: TURN });
    expect(pressed.map(([what]) => what)).toEqual([
      { kind: 'ask-legal', turn: TURN, asker: 'una persona del equipo (editor)' },
    ]);
  });

  it('in a thread of a channel is pressed in that channel', async () => {
    await start();
    const id = '19:juridico@thread.tacv2;messageid=1700000000000';
    await press(
      VERBS.answerLegal,
      { occasion: TURN, respuesta: 'Sí.' },
      { conversation: { id, conversationType: 'channel' } },
    );
    expect(pressed[0]?.[1]).toEqual({
      conversation: `teams:${id}` as ConversationId,
      room: 'teams:19:juridico@thread.tacv2' as ConversationId,
    });
  });

  it('is told so kindly, and changes nothing, when what it was about is not kept any more', async () => {
    await start(async () => ({ kind: 'unknown' }));
    expect(await press(VERBS.judge, { occasion: TURN, verdict: 'no' })).toEqual({
      status: 200,
      body: { statusCode: 200, type: MESSAGE, value: PRESS_WORDS.unknown },
    });
    expect(bot.platform.written).toEqual([]);
  });

  it('is thanked for in words when the answer is not kept any more', async () => {
    await start(async () => ({ kind: 'done', reply: undefined, standing: { verdict: 'wrong' } }));
    const { body } = await press(VERBS.judge, { occasion: TURN, verdict: 'wrong' });
    expect(body).toEqual({ statusCode: 200, type: MESSAGE, value: STANDING_WORDS.verdicts.wrong });
  });

  it.each([
    ['an unknown verb', 'baila', { occasion: TURN }],
    ['a verb that every object has', 'toString', { occasion: TURN }],
    ['no occasion', VERBS.judge, { verdict: 'yes' }],
    ['an occasion that is none', VERBS.cite, { occasion: "x' or 1=1" }],
    ['another verdict', VERBS.judge, { occasion: TURN, verdict: 'maybe' }],
    ['no data', VERBS.judge, undefined],
  ])('with %s gets a kind sentence', async (_what, verb, data) => {
    await start();
    expect(await press(verb, data)).toEqual({
      status: 200,
      body: { statusCode: 200, type: MESSAGE, value: PRESS_WORDS.unknownButton },
    });
    expect(pressed).toEqual([]);
  });

  it('without an action at all gets one too', async () => {
    await start();
    const { body } = await press('', {}, { value: 'nada' });
    expect(body).toMatchObject({ type: MESSAGE, value: PRESS_WORDS.unknownButton });
  });

  it('with an empty answer for who asked is not sent', async () => {
    await start();
    const { body } = await press(VERBS.answerLegal, { occasion: TURN, respuesta: '  ' });
    expect(body).toMatchObject({ type: MESSAGE, value: PRESS_WORDS.emptyAnswer });
    expect(pressed).toEqual([]);
  });

  it('that cannot be done now asks to be pressed again, and the log does not say what was pressed', async () => {
    await start(async () => {
      throw new AppError('STORE_UNAVAILABLE', `no place for ${TURN}`, { retryable: true });
    });
    const { body } = await press(VERBS.judge, { occasion: TURN, verdict: 'yes' });
    expect(body).toMatchObject({ type: MESSAGE, value: PRESS_WORDS.failed });
    expect(bot.warnings()).toEqual([expect.objectContaining({ code: 'STORE_UNAVAILABLE' })]);
    expect(bot.book.text()).not.toContain(TURN);
  });

  it('is for who may write here only', async () => {
    await start(takes, { env: { TEAMS_TENANTS: '11111111-1111-4111-8111-111111111111' } });
    const response = await bot.platform.post(
      recorded('personal-card-action', { serviceUrl: bot.platform.serviceUrl }),
    );
    expect(response.status).toBe(403);
    expect(pressed).toEqual([]);
  });
});

describe('a press that takes long', () => {
  it('is answered before Teams gives up, and the card changes when it is done', async () => {
    await start();
    const card = adaptiveCard([], { fallbackText: 'Listo.', speak: 'Listo.' });
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const change = await new Promise((resolve) => {
      const take = createCardActions({
        verbs: { lento: () => slow.then(() => ({ kind: 'card', card })) },
        adapter: { update: async (_reference, id, { attachments }) => resolve([id, attachments]) },
        log: bot.book.log,
        answerMs: 10,
      });
      const slowly = { serviceUrl: bot.platform.serviceUrl, value: { action: { verb: 'lento' } } };
      const { activity } = readActivity(recorded('personal-card-action', { ...slowly, replyToId: 'card-1' }));
      const conversation = 'teams:x' as ConversationId;
      const asker = { audience: 'staff', role: 'lector' } as const;
      void take({ activity, asker, conversation, reference: {} }).then((answer) => {
        expect(answer).toMatchObject({ status: 200, body: { type: MESSAGE, value: PRESS_WORDS.slow } });
        finish();
      });
    });
    expect(change).toEqual(['card-1', [{ contentType: CARD, content: card }]]);
  });
});
