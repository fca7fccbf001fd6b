import { pino } from 'pino';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { createTeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { loadConfig } from '#src/config.ts';
import { type ChannelHarness, channelContract } from '../../contract/channel-contract.ts';
import { type Recorded, recorded, startTeamsPlatform } from './teams-platform.ts';

interface TeamsHarness extends ChannelHarness {
  redeliver(person: string): Promise<void>;
  echo(person: string): Promise<void>;
}

async function makeHarness(): Promise<TeamsHarness> {
  const channel = createTeamsChannel({
    config: loadConfig({}),
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
