import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import type { StoredReference } from '#src/channels/teams/conversation-references.ts';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { notWelcome } from '#src/channels/teams/texts.ts';
import { type BotSetup, startTeamsBot, type TeamsBot } from './teams-bot.ts';
import { recorded } from './teams-platform.ts';

const HOME = '00000000-0000-0000-0000-0000000000001';
const env = { TEAMS_TENANTS: HOME };
const elsewhere = { channelData: { tenant: { id: 'strange' } } };

let bot: TeamsBot;
let clock: Date;
let kept: ConversationId[];

async function start(over: BotSetup = {}): Promise<void> {
  clock = new Date('2026-03-02T15:00:00Z');
  kept = [];
  const references = createMemoryConversationReferences();
  bot = await startTeamsBot({
    env,
    now: () => clock,
    references: {
      ...references,
      set: async (conversation, reference: StoredReference) => {
        kept.push(conversation);
        await references.set(conversation, reference);
      },
    },
    ...over,
  });
}
afterEach(() => bot?.close());

const post = async (name: string, over: Readonly<Record<string, unknown>> = {}) => {
  const activity = recorded(name, { serviceUrl: bot.platform.serviceUrl, ...over });
  return { status: (await bot.platform.post(activity)).status, to: activity.conversation.id };
};

describe('with TEAMS_TENANTS, people of a listed organisation', () => {
  it('are served', async () => {
    await start();
    expect(await post('personal-message')).toMatchObject({ status: 200 });
    expect([bot.received.length, kept.length]).toEqual([1, 1]);
  });
});

describe('people of another organisation', () => {
  it('are told so once a day, politely, and nothing is kept', async () => {
    await start();
    const { to } = await post('personal-message', { ...elsewhere, id: 'one' });
    expect(await bot.platform.waitForMessages(to, 1)).toEqual([
      'Disculpe, en Teams solo puedo atender a personas de las instituciones que usan Orienta. No guardé su mensaje.',
    ]);
    clock = new Date(clock.getTime() + 23 * 3_600_000);
    expect(await post('personal-message', { ...elsewhere, id: 'two' })).toMatchObject({ status: 200 });
    await bot.channel.stop();
    expect(bot.platform.messagesTo(to)).toHaveLength(1);
    expect([bot.received, kept]).toEqual([[], []]);
    expect(bot.book.text()).not.toMatch(/strange|artículo 46|aadObjectId/);
  });

  it('are told where else they can ask, where there is a public page', () => {
    expect(notWelcome('https://orienta.example')).toEqual([
      {
        kind: 'paragraph',
        text: expect.stringContaining('puede preguntar aquí: https://orienta.example/'),
      },
    ]);
  });

  it('are told nothing when nobody vouches for who calls', async () => {
    await start({ env: { ...env, MicrosoftAppId: 'x', MicrosoftAppPassword: 'y' } });
    expect(await post('personal-message', elsewhere)).toMatchObject({ status: 401 });
    await bot.channel.stop();
    expect([bot.platform.written, kept]).toEqual([[], []]);
  });

  it('are not greeted, and told once though two activities tell of their installation', async () => {
    await start();
    const { to } = await post('personal-installed', elsewhere);
    await post('personal-members-added', elsewhere);
    await bot.channel.stop();
    expect(bot.platform.messagesTo(to)).toEqual([expect.stringMatching(/^Disculpe, en Teams/)]);
    expect(kept).toEqual([]);
  });

  it.each(['typing', 'messageReaction', 'messageUpdate'])('are told nothing for a %s', async (type) => {
    await start();
    expect(await post('personal-message', { ...elsewhere, type })).toMatchObject({ status: 200 });
    await bot.channel.stop();
    expect([bot.platform.written, kept]).toEqual([[], []]);
  });

  it('are refused the buttons and searches, without asking whoever answers those', async () => {
    const asked: string[] = [];
    await start({
      invokes: [
        async ({ activity }) => {
          asked.push(activity.type);
          return { status: 200 };
        },
      ],
    });
    expect(await post('personal-message', { ...elsewhere, type: 'invoke' })).toMatchObject({ status: 403 });
    expect([asked, kept]).toEqual([[], []]);
  });
});

describe('in a group', () => {
  it('what is not said to Orienta is acknowledged, and neither kept nor answered', async () => {
    await start();
    const { entities: _mention, ...unmentioned } = recorded('group-message-mention', {
      serviceUrl: bot.platform.serviceUrl,
    });
    const others = [{ type: 'mention', text: '<at>Ana</at>', mentioned: { id: 'ana', name: 'Ana' } }];
    expect((await bot.platform.post(unmentioned)).status).toBe(200);
    expect((await bot.platform.post({ ...unmentioned, id: 'two', entities: others })).status).toBe(200);
    await bot.channel.stop();
    expect([bot.received, kept, bot.platform.written]).toEqual([[], [], []]);
  });

  it('the button of a card needs no mention', async () => {
    const pressed: unknown[] = [];
    await start({
      asides: [
        async ({ activity }) => {
          pressed.push(activity.value);
          return true;
        },
      ],
    });
    const value = { verb: 'más' };
    await post('group-message-mention', { entities: [], text: '', value });
    expect([pressed, bot.received]).toEqual([[value], []]);
  });
});
