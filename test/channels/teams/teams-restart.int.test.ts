import { CompiledQuery } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, ConversationId, Receive } from '#src/channels/channel.ts';
import { createStoredConversationReferences } from '#src/channels/teams/stored-conversation-references.ts';
import { systemClock } from '#src/clock.ts';
import { createReceiver } from '#src/conversation/accept-message.ts';
import { createDeliveryWorker } from '#src/conversation/delivery-worker.ts';
import { encodeReply } from '#src/conversation/reply-codec.ts';
import { createTurnWorker } from '#src/conversation/turn-worker.ts';
import { parseDataKeys } from '#src/storage/data-keys.ts';
import type { Database } from '#src/storage/database.ts';
import { openStore } from '#src/storage/sql-store.ts';
import type { Store } from '#src/storage/store.ts';
import { reply } from '../../contract/channel-contract.ts';
import { pgliteDatabase, silentLog, type TestDatabase } from '../../support/databases.ts';
import { startTeamsConnector, type TeamsConnector } from '../../support/teams-connector.ts';
import { startTeamsBot, type TeamsBot } from './teams-bot.ts';
import { recorded } from './teams-platform.ts';

const keys = parseDataKeys(`a:${Buffer.alloc(32, 1).toString('base64')}`);
const CHAT = recorded('personal-message').conversation.id;
const BLOCKED = { status: 403, body: JSON.stringify({ error: { code: 'BotDisabledByAdmin' } }) };

let place: TestDatabase;
let database: Database;
let store: Store;
/** Where Teams keeps what was written; it outlives the processes. */
let teams: TeamsConnector;

/** What one process has: the channel, and who answers and delivers. */
interface Process {
  readonly bot: TeamsBot;
  end(): Promise<void>;
}
const running: Process[] = [];

beforeAll(async () => {
  place = await pgliteDatabase();
  database = await place.open();
});
beforeEach(async () => {
  const tables = 'people, people_merged, aliases, conversations, inbox, turns, outbox, write_back';
  await database.sql.executeQuery(CompiledQuery.raw(`truncate ${tables} cascade`));
  store = await openStore({ database, keys, clock: systemClock });
  teams = await startTeamsConnector();
});
afterEach(async () => {
  for (const process of running.splice(0)) await process.end();
  await teams.close();
});
afterAll(() => place.dispose());

async function begin(): Promise<Process> {
  const shared = { store, log: silentLog, clock: systemClock, random: () => 0.5, concurrency: 4, pollMs: 20 };
  const late: { receive?: Receive } = {};
  const bot = await startTeamsBot({
    references: createStoredConversationReferences(store.writeBack),
    receive: (message) => (late.receive ?? Promise.reject)(message),
  });
  late.receive = createReceiver({ store, onAccepted: () => turns.wake(), log: silentLog })(bot.channel);
  const turns = createTurnWorker({
    ...shared,
    handle: async (turn) => ({
      reply: reply(`re: ${turn.messages[0].text}`),
      masked: [null],
      sensitive: false,
    }),
    apologise: () => reply('Disculpe'),
    onReply: () => deliveries.wake(),
  });
  const channels: readonly Channel[] = [bot.channel];
  const deliveries = createDeliveryWorker({ ...shared, channels });
  turns.start();
  deliveries.start();
  const process: Process = {
    bot,
    end: async () => {
      await turns.stop(1_000);
      await deliveries.stop(1_000);
      await bot.close();
    },
  };
  running.push(process);
  return process;
}

async function restart(process: Process): Promise<Process> {
  running.splice(running.indexOf(process), 1);
  await process.end();
  return begin();
}

const ask = async ({ bot }: Process, id: string, text = '¿Qué es una visa?') =>
  (await bot.platform.post(recorded('personal-message', { serviceUrl: teams.serviceUrl, id, text }))).status;
const answers = () => teams.messagesTo(CHAT);
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

describe('a message that Teams sends again', () => {
  it('is acknowledged and answered once, also by a process that was started anew', async () => {
    const first = await begin();
    expect([await ask(first, 'one'), await ask(first, 'one')]).toEqual([200, 200]);
    await until(() => expect(answers()).toHaveLength(1));
    const second = await restart(first);
    expect(await ask(second, 'one')).toBe(200);
    expect(await ask(second, 'two', '¿Y la residencia?')).toBe(200);
    await until(() => expect(answers()).toHaveLength(2));
    expect(answers()).toEqual(['re: ¿Qué es una visa?', 're: ¿Y la residencia?']);
  });

  it('is another one in another conversation, though Teams counts both by the same millisecond', async () => {
    const process = await begin();
    await ask(process, '1730000000000');
    const other = { id: '1730000000000', serviceUrl: teams.serviceUrl, text: '¿Y yo?' };
    const conversation = { id: 'another-chat', conversationType: 'personal' };
    await process.bot.platform.post(recorded('personal-message', { ...other, conversation }));
    await until(() => expect(teams.messagesTo('another-chat')).toEqual(['re: ¿Y yo?']));
  });
});

describe('where a person is reached', () => {
  const sealed = async () => {
    const query = CompiledQuery.raw('select * from write_back');
    return JSON.stringify((await database.sql.executeQuery(query)).rows);
  };

  it('is kept whole, sealed, and as they were last heard from', async () => {
    const process = await begin();
    await ask(process, 'one');
    const moved = await startTeamsConnector();
    const reaction = { type: 'messageReaction', id: 'two', serviceUrl: moved.serviceUrl };
    await process.bot.platform.post(recorded('personal-message', reaction));
    const references = createStoredConversationReferences(store.writeBack);
    const { from, recipient } = recorded('personal-message');
    expect(await references.get(`teams:${CHAT}` as ConversationId)).toMatchObject({
      serviceUrl: moved.serviceUrl,
      channelId: 'msteams',
      conversation: recorded('personal-message').conversation,
      user: from,
      bot: recipient,
    });
    expect(await sealed()).not.toMatch(new RegExp(`${CHAT}|127\\.0\\.0\\.1|Persona|aadObjectId`));
    await moved.close();
  });

  it('stays known as closed through a restart, until they write', async () => {
    const first = await begin();
    await ask(first, 'one');
    await until(() => expect(answers()).toHaveLength(1));
    teams.refuseWith(BLOCKED);
    const to = `teams:${CHAT}` as ConversationId;
    await expect(first.bot.channel.writeFirst(to, reply('uno'))).rejects.toMatchObject({
      code: 'UNREACHABLE_PERSON',
    });
    teams.refuseWith(undefined);
    const second = await restart(first);
    const tries = teams.tries();
    await expect(second.bot.channel.writeFirst(to, reply('dos'))).rejects.toMatchObject({
      code: 'UNREACHABLE_PERSON',
    });
    expect(teams.tries()).toBe(tries);
    await ask(second, 'two');
    await until(() => expect(answers()).toHaveLength(2));
  });
});

describe('a reminder in the outbox', () => {
  const nudge = (conversation: string) =>
    store.outbox.put({
      conversation: `teams:${conversation}` as ConversationId,
      kind: 'nudge',
      payload: encodeReply(reply('Mañana vence su entrega.')),
      onceKey: `nudge ${conversation}`,
    });

  it('reaches the person after a restart, without a word of theirs', async () => {
    const first = await begin();
    await ask(first, 'one');
    await until(() => expect(answers()).toHaveLength(1));
    await restart(first);
    expect(await nudge(CHAT)).toBe(true);
    await until(() => expect(answers()[1]).toBe('Mañana vence su entrega.'));
  });

  it('for a group is not delivered', async () => {
    const process = await begin();
    const group = recorded('group-message-mention', { serviceUrl: teams.serviceUrl });
    await process.bot.platform.post(group);
    await until(() => expect(teams.messagesTo(group.conversation.id)).toHaveLength(1));
    expect(await nudge(group.conversation.id)).toBe(true);
    await vi.waitFor(async () =>
      expect(await store.deadLetters.list()).toMatchObject([{ reason: 'NUDGE_REFUSED' }]),
    );
    expect(teams.messagesTo(group.conversation.id)).toHaveLength(1);
  });
});
