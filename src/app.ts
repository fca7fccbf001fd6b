import type { Assistant } from './assistant.ts';
import type { Channel } from './channels/channel.ts';
import { createMemoryConversationReferences } from './channels/teams/memory-conversation-references.ts';
import { createTeamsChannel } from './channels/teams/teams-channel.ts';
import { createWebChannel } from './channels/web/web-channel.ts';
import type { Config } from './config.ts';
import { createDispatcher } from './conversation/dispatch.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Logger } from './log.ts';

/** What the application is joined from. */
export interface AppParts {
  readonly config: Config;
  readonly log: Logger;
  readonly assistant: Assistant;
  readonly now: () => Date;
}

/** Orienta with its channels open. */
export interface App {
  /** `http://host:port`, with the port that was really taken. */
  readonly address: string;
  /** Takes no more messages, answers those taken, then closes. Safe to call twice. */
  stop(): Promise<void>;
}

/** A phone's browser gives up on a request after about half a minute. */
const WEB_DEADLINE_MS = 25_000;

/**
 * Opens the channels and the gateway.
 * @throws {AppError} `PORT_IN_USE` or `CONFIG_INVALID` when the port cannot be had
 */
export async function startApp({ config, log, assistant, now }: AppParts): Promise<App> {
  const web = createWebChannel({ now, deadlineMs: WEB_DEADLINE_MS });
  const teams = createTeamsChannel({ config, log, references: createMemoryConversationReferences(), now });
  const channels: readonly Channel[] = [web, teams];
  const dispatcher = createDispatcher({ handle: assistant.handle, phrases: assistant.phrases, log });
  const gateway = createGateway({
    knowledge: assistant.knowledge,
    web,
    teams,
    log,
    readiness: () => ({
      knowledge: assistant.knowledge.units.size > 0,
      index: true,
      channels: Object.fromEntries(channels.map((channel) => [channel.name, channel.status()])),
    }),
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
  });
  for (const channel of channels) await channel.start(dispatcher.receiverFor(channel));
  const listening = await gateway.listen({ port: config.PORT, host: config.HOST });
  const stop = async (): Promise<void> => {
    await listening.close();
    await dispatcher.drain();
    await Promise.all(channels.map((channel) => channel.stop()));
  };
  let stopping: Promise<void> | undefined;
  return {
    address: listening.address,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
