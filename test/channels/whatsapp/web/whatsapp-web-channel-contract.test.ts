import type { Channel } from '#src/channels/channel.ts';
import { type ChannelHarness, channelContract } from '../../../contract/channel-contract.ts';
import { chatMessage, type Door, openDoor, until } from './door.ts';

interface DoorHarness extends ChannelHarness {
  redeliver(person: string): Promise<void>;
}

/** The channel itself never waits for WhatsApp; its contract is about one that is linked. */
function waitingForReady(door: Door): Channel {
  const { channel } = door;
  return {
    ...channel,
    start: async (receive) => {
      await channel.start(receive);
      await until(() => channel.status().state === 'ready', 'ready');
    },
  };
}

async function makeHarness(): Promise<DoorHarness> {
  const door = openDoor();
  const last = new Map<string, ReturnType<typeof chatMessage>>();
  const deliver = async (message: ReturnType<typeof chatMessage>): Promise<void> => {
    const handled = door.taken.length;
    door.tell({ test: 'emit', message: { type: 'message', message } });
    if (door.channel.status().state !== 'ready') return;
    const isNew = !door.taken.some(({ id }) => id === message.id);
    if (isNew) await until(() => door.taken.length > handled, 'the message to be taken');
  };
  return {
    channel: waitingForReady(door),
    write: async (person, text) => {
      const message = chatMessage({ chat: `${person}@c.us`, text });
      last.set(person, message);
      await deliver(message);
    },
    read: async (person) =>
      door.sent.filter(({ chat }) => chat === `${person}@c.us`).map(({ text = '' }) => text),
    redeliver: async (person) => {
      const message = last.get(person);
      if (message !== undefined) await deliver(message);
    },
    close: door.close,
  };
}

channelContract('The WhatsApp channel over whatsapp-web.js', makeHarness, {
  redeliver: (harness, person) => harness.redeliver(person),
});
