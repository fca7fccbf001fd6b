import { pino } from 'pino';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { createTeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { loadConfig } from '#src/config.ts';
import { channelContract } from '../../contract/channel-contract.ts';
import { type ProactiveHarness, proactiveContract } from '../../contract/proactive-contract.ts';
import { type Recorded, recorded, startTeamsPlatform } from './teams-platform.ts';

const ROOM = '19:jurídico@thread.tacv2';
const GROUP = 'a-group';
const BLOCKED = JSON.stringify({ error: { code: 'BotNotInConversationRoster' } });

interface TeamsHarness extends ProactiveHarness {
  redeliver(person: string): Promise<void>;
  echo(person: string): Promise<void>;
}

async function makeHarness(): Promise<TeamsHarness> {
  const channel = createTeamsChannel({
    config: loadConfig({ TEAMS_LEGAL_CONVERSATION: ROOM }),
    log: pino({ level: 'silent' }),
    references: createMemoryConversationReferences(),
    now: () => new Date(),
  });
  const platform = await startTeamsPlatform(channel);
  const last = new Map<string, Recorded>();
  let count = 0;
  return {
    channel,
    write: async (person, text) => {
      const activity = recorded('personal-message', {
        id: `activity-${++count}`,
        serviceUrl: platform.serviceUrl,
        conversation: { id: `chat-${person}`, conversationType: 'personal' },
        from: { id: person, name: person },
        text: text.replaceAll('&', '&amp;'),
      });
      last.set(person, activity);
      await platform.post(activity);
    },
    read: async (person) => platform.messagesTo(`chat-${person}`),
    writeInGroup: async (person, text) => {
      const activity = recorded('group-message-mention', {
        id: `activity-${++count}`,
        serviceUrl: platform.serviceUrl,
        conversation: { id: GROUP, conversationType: 'groupChat', isGroup: true },
        from: { id: person, name: person },
        text: `<at>Test Bot</at> ${text}`,
      });
      await platform.post(activity);
    },
    readGroup: async () => platform.messagesTo(GROUP),
    block: async (person, isBlocked) => {
      const conversation = `chat-${person}`;
      platform.refuseWith(isBlocked ? { status: 403, body: BLOCKED, conversation } : undefined);
    },
    tries: platform.tries,
    room: ROOM,
    readRoom: async () => platform.messagesTo(ROOM),
    redeliver: async (person) => {
      await platform.post(last.get(person));
    },
    echo: async (person) => {
      const activity = last.get(person);
      await platform.post({
        ...activity,
        id: 'own-echo',
        text: 'Buenos días',
        from: activity?.recipient,
      });
    },
    close: () => platform.close(),
  };
}

channelContract('The Teams channel', makeHarness, {
  redeliver: (harness, person) => harness.redeliver(person),
  echo: (harness, person) => harness.echo(person),
});
proactiveContract('The Teams channel', makeHarness);
