import { renderPlain } from '#src/channels/render-plain.ts';
import { createSessions } from '#src/channels/web/session.ts';
import { createWebChannel } from '#src/channels/web/web-channel.ts';
import { type ChannelHarness, channelContract } from '../../contract/channel-contract.ts';

/** Requests stay open until they are answered; what they got is kept by person. */
async function makeHarness(): Promise<ChannelHarness> {
  const channel = createWebChannel({
    now: () => new Date(),
    deadlineMs: 10_000,
    findReply: async () => undefined,
  });
  const sessions = createSessions(new Uint8Array(32).fill(7));
  const tokens = new Map<string, string>();
  const answers = new Map<string, string[]>();
  const open = new Set<Promise<void>>();
  return {
    channel,
    write: async (person, text) => {
      const token = sessions.resume(tokens.get(person));
      tokens.set(person, token);
      const request = channel.ask(token, text).then(
        (reply) =>
          void answers.set(person, [...(answers.get(person) ?? []), renderPlain(reply, { links: true })]),
        () => undefined,
      );
      open.add(request);
    },
    read: async (person) => {
      await new Promise((resolve) => setImmediate(resolve));
      return answers.get(person) ?? [];
    },
    close: async () => {
      await Promise.all(open);
    },
  };
}

channelContract('the web channel', makeHarness);
