import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Receive } from '#src/channels/channel.ts';
import type { TalkContext } from '#src/conversation/talk-context.ts';
import { deskHandle } from '../../conversation/staff/desk.ts';
import type { Query } from '../../conversation/talk-harness.ts';
import { startTeamsBot, type TeamsBot } from './teams-bot.ts';
import { recorded } from './teams-platform.ts';

const CHANNEL = '19:channel@thread.tacv2';
const THREAD = `${CHANNEL};messageid=1763840000001`;
const OTHER_THREAD = `${CHANNEL};messageid=1763840000002`;
const GROUP = '19:group@thread.v2';
const PERSONAL = 'a:personal-chat';

let bot: TeamsBot;
let queries: Query[];
let posted = 0;

/** Teams with the real turns behind it: what a turn leaves is kept for its conversation, and the reply is sent. */
beforeEach(async () => {
  queries = [];
  const handle = deskHandle({ queries });
  const talks = new Map<string, TalkContext | undefined>();
  const receive: Receive = async (message) => {
    const turn = await handle(message, talks.get(message.conversation));
    talks.set(message.conversation, turn.context);
    if (turn.reply !== undefined) await bot.channel.send(message.conversation, turn.reply);
    return { id: message.id };
  };
  bot = await startTeamsBot({ receive });
});
afterEach(() => bot.close());

/** Posts a message as Teams shapes it there, and gives what the conversation has been told by then. */
async function say(text: string, id: string, mentions = true): Promise<string> {
  posted += 1;
  const { conversation, entities, ...rest } = recorded('group-message-mention');
  const conversationType = id === PERSONAL ? 'personal' : id === GROUP ? 'groupChat' : 'channel';
  const response = await bot.platform.post({
    ...rest,
    id: `m-${posted}`,
    serviceUrl: bot.platform.serviceUrl,
    text,
    conversation: { ...conversation, id, conversationType, isGroup: id !== PERSONAL },
    entities: mentions ? entities : [],
  });
  expect(response.status).toBe(200);
  const told = bot.platform.written.filter(({ type, conversation: to }) => type === 'message' && to === id);
  return JSON.stringify(told.at(-1) ?? null);
}

it.each([
  ['a channel’s thread', THREAD],
  ['a group chat', GROUP],
])('in %s an order is answered where it was asked, without the mention', async (_where, id) => {
  expect(await say('<at>Test Bot</at> norma 46', id)).toContain('No devolución');
  expect(await say('norma 43 del código <at>Test Bot</at>&nbsp;', id)).toContain('artículo 43');
  expect(new Set(bot.platform.written.map(({ conversation }) => conversation))).toEqual(new Set([id]));
});

it('in a personal chat no mention is needed', async () => {
  expect(await say('acciones MINEX', PERSONAL, false)).toContain('Ministerio de Relaciones Exteriores');
});

it('what is not meant for Orienta gets no answer', async () => {
  expect(await say('norma 46', THREAD, false)).toBe('null');
  expect(await say('norma 46', GROUP, false)).toBe('null');
});

it('each thread goes on from its own turn before', async () => {
  await say('<at>Test Bot</at> norma 46 del código de migración', THREAD);
  await say('<at>Test Bot</at> acciones MINEX', OTHER_THREAD);
  expect(await say('<at>Test Bot</at> ¿y el 43?', THREAD)).toContain('artículo 43. Refugio');
  expect(await say('<at>Test Bot</at> ¿y la PGN?', OTHER_THREAD)).toContain(
    'Procuraduría General de la Nación',
  );
});

it('a question leans on the one before it in the same thread alone', async () => {
  await say('<at>Test Bot</at> ¿Qué clases de pasaporte hay?', THREAD);
  await say('<at>Test Bot</at> ¿y cuánto cuesta?', THREAD);
  expect(queries.at(-1)?.query).toBe('¿Qué clases de pasaporte hay? ¿y cuánto cuesta?');
  await say('<at>Test Bot</at> ¿y cuánto cuesta?', OTHER_THREAD);
  expect(queries.at(-1)?.query).not.toContain('pasaporte');
});
