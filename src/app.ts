import { fill } from './answering/phrases.ts';
import type { Assistant } from './assistant.ts';
import type { Channel } from './channels/channel.ts';
import type { ConversationReferences } from './channels/teams/conversation-references.ts';
import { createTeamsChannel } from './channels/teams/teams-channel.ts';
import { createWebChannel } from './channels/web/web-channel.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createReceiver } from './conversation/accept-message.ts';
import { createDeliveryWorker } from './conversation/delivery-worker.ts';
import { createReceiveLimit } from './conversation/limit-receiver.ts';
import { sayReply } from './conversation/replies.ts';
import { decodeReply } from './conversation/reply-codec.ts';
import { createTurnHandler } from './conversation/turn-handler.ts';
import { createTurnWorker } from './conversation/turn-worker.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Logger } from './log.ts';
import type { Store } from './storage/store.ts';

/** What the application is joined from. */
export interface AppParts {
  readonly config: Config;
  readonly log: Logger;
  readonly assistant: Assistant;
  readonly store: Store;
  readonly references: ConversationReferences;
}

/** Orienta with its channels open. */
export interface App {
  /** `http://host:port`, with the port that was really taken. */
  readonly address: string;
  /** Takes no more messages, finishes the turns under way within a deadline, gives back the rest. Safe to call twice. */
  stop(): Promise<void>;
}

/** A phone's browser gives up on a request after about half a minute. */
const WEB_DEADLINE_MS = 25_000;
const FINISH_WITHIN_MS = 10_000;
/** Turns are mostly processor work: more at once only wait for each other. */
const TURNS_AT_ONCE = 8;
/** Deliveries wait for a platform; as many may be repeated when the process is killed. */
const DELIVERIES_AT_ONCE = 4;

/**
 * Opens the channels and the gateway, and starts the workers.
 * @throws {AppError} `PORT_IN_USE` or `CONFIG_INVALID` when the port cannot be had
 */
export async function startApp(parts: AppParts): Promise<App> {
  const { config, log, assistant, store, references } = parts;
  const now = () => systemClock.now();
  const findReply = async (id: string) => {
    const payload = (await store.outbox.replyTo(id))?.payload;
    return payload === undefined ? undefined : decodeReply(payload);
  };
  const web = createWebChannel({ now, deadlineMs: WEB_DEADLINE_MS, findReply });
  const teams = createTeamsChannel({ config, log, references, now });
  const channels: readonly Channel[] = [web, teams];

  const shared = { store, clock: systemClock, random: Math.random, log };
  const deliveries = createDeliveryWorker({ ...shared, channels, concurrency: DELIVERIES_AT_ONCE });
  const turns = createTurnWorker({
    ...shared,
    handle: createTurnHandler(assistant.handle),
    apologise: ({ messages: [message] }, caseNumber) => ({
      ...sayReply('declined', 'es', fill(assistant.phrases.es.failed, { case: caseNumber })),
      inReplyTo: message.platformId,
    }),
    onReply: () => deliveries.wake(),
    concurrency: TURNS_AT_ONCE,
  });
  const receiverOf = createReceiver({ store, onAccepted: () => turns.wake(), log });
  const limited = createReceiveLimit({ store, phrases: assistant.phrases, log });

  const gateway = createGateway({
    knowledge: assistant.knowledge,
    web,
    teams,
    log,
    readiness: () => readiness(parts, channels),
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
  });
  for (const channel of channels) await channel.start(limited(receiverOf(channel)));
  turns.start();
  deliveries.start();
  const listening = await gateway.listen({ port: config.PORT, host: config.HOST });
  const stop = async (): Promise<void> => {
    await listening.close();
    await turns.stop(FINISH_WITHIN_MS);
    await deliveries.stop(FINISH_WITHIN_MS);
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

async function readiness({ assistant, store }: AppParts, channels: readonly Channel[]) {
  const database = await store.ping().then(
    () => true,
    () => false,
  );
  return {
    database,
    knowledge: assistant.knowledge.units.size > 0,
    index: assistant.index.search,
    channels: Object.fromEntries(channels.map((channel) => [channel.name, channel.status()])),
  };
}
