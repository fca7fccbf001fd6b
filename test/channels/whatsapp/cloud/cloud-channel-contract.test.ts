import { pino } from 'pino';
import { createTakeMessage } from '#src/channels/whatsapp/incoming.ts';
import { type ChannelHarness, channelContract } from '../../../contract/channel-contract.ts';
import { change, contact, DISPLAY_PHONE, from, sends, webhook } from '../../../support/graph-api-payloads.ts';
import { startCloudPlatform } from './cloud-platform.ts';

interface CloudHarness extends ChannelHarness {
  redeliver(person: string): Promise<void>;
  echo(person: string): Promise<void>;
}

/** Ana's phone is told; Beto has a username, and WhatsApp gives a business-scoped id instead. */
const PEOPLE: Readonly<Record<string, { readonly phone?: string; readonly scoped?: string }>> = {
  ana: { phone: '50255550101' },
  beto: { scoped: 'GT.13491208655302741918' },
};

async function makeHarness(): Promise<CloudHarness> {
  const take = createTakeMessage({
    places: { locate: async () => undefined },
    now: () => new Date(),
    log: pino({ level: 'silent' }),
  });
  const platform = await startCloudPlatform({ take });
  const last = new Map<string, object>();
  const writerOf = (person: string) => PEOPLE[person] ?? {};
  return {
    channel: platform.channel,
    write: async (person, text) => {
      const body = webhook(
        from(writerOf(person), { ...sends.text(text), timestamp: String(Math.floor(Date.now() / 1_000)) }),
      );
      last.set(person, body);
      await platform.post(body);
    },
    read: async (person) => {
      const { phone, scoped } = writerOf(person);
      return platform.graph.messages
        .filter(({ to, recipient }) => (phone === undefined ? recipient === scoped : to === phone))
        .map(({ text }) => text?.body ?? '');
    },
    redeliver: async (person) => {
      await platform.post(last.get(person) ?? {});
    },
    // A number that also runs in the WhatsApp Business app tells of what is sent from there, in a field of its own; one
    // that writes to itself would come as a message.
    echo: async (person) => {
      const { phone } = writerOf(person);
      const own = { ...sends.text('Buenos días'), from: DISPLAY_PHONE, to: phone };
      await platform.post(webhook(change({ message_echoes: [own] }, { field: 'smb_message_echoes' })));
      await platform.post(
        webhook(change({ contacts: [contact({ phone: DISPLAY_PHONE })], messages: [own] })),
      );
    },
    close: () => platform.close(),
  };
}

channelContract('The WhatsApp channel of the Cloud API', makeHarness, {
  redeliver: (harness, person) => harness.redeliver(person),
  echo: (harness, person) => harness.echo(person),
});
