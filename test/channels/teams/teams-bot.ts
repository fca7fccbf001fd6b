import type { InboundMessage, Receive } from '#src/channels/channel.ts';
import type { OnPress } from '#src/channels/press.ts';
import type { ConversationReferences } from '#src/channels/teams/conversation-references.ts';
import type { TakeAside, TakeInvoke } from '#src/channels/teams/inbound.ts';
import { createMemoryConversationReferences } from '#src/channels/teams/memory-conversation-references.ts';
import { createTeamsChannel, type TeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { loadConfig } from '#src/config.ts';
import { createLogBook, type LogBook } from './log-book.ts';
import { type PlatformOptions, startTeamsPlatform, type TeamsPlatform } from './teams-platform.ts';

/** How the bot of a test differs from one without credentials whose turns say nothing. */
export interface BotSetup extends Pick<PlatformOptions, 'peer'> {
  readonly env?: Readonly<Record<string, string>>;
  readonly receive?: Receive;
  readonly references?: ConversationReferences;
  readonly forget?: (id: string) => Promise<unknown>;
  readonly onPress?: OnPress;
  readonly invokes?: readonly TakeInvoke[];
  readonly asides?: readonly TakeAside[];
  readonly now?: () => Date;
  readonly takeMs?: number;
  readonly sendMs?: number;
}

/** A Teams channel that is started, behind the gateway, with its platform. */
export interface TeamsBot {
  readonly channel: TeamsChannel;
  readonly platform: TeamsPlatform;
  /** What was handed in. */
  readonly received: readonly InboundMessage[];
  readonly book: LogBook;
  /** What an operator would look at: warnings and errors. */
  warnings(): readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

export async function startTeamsBot(setup: BotSetup = {}): Promise<TeamsBot> {
  const { env = {}, now = () => new Date(), takeMs = 10_000, sendMs = 5_000, peer } = setup;
  const received: InboundMessage[] = [];
  const book = createLogBook();
  const channel = createTeamsChannel({
    config: loadConfig(env),
    log: book.log,
    references: setup.references ?? createMemoryConversationReferences(),
    now,
    ...(setup.forget === undefined ? {} : { forget: setup.forget }),
    ...(setup.onPress === undefined ? {} : { onPress: setup.onPress }),
    ...(setup.invokes === undefined ? {} : { invokes: setup.invokes }),
    ...(setup.asides === undefined ? {} : { asides: setup.asides }),
    limits: { sendMs, takeMs },
  });
  await channel.start(
    setup.receive ??
      (async (message) => {
        received.push(message);
        return { id: `turn-${received.length}` };
      }),
  );
  const platform = await startTeamsPlatform(channel, {
    log: book.log,
    ...(peer === undefined ? {} : { peer }),
  });
  return {
    channel,
    platform,
    received,
    book,
    warnings: () => book.lines().filter(({ level }) => Number(level) >= 40),
    close: async () => {
      await channel.stop();
      await platform.close();
    },
  };
}
