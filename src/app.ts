import { fill } from './answering/phrases.ts';
import type { Assistant } from './assistant.ts';
import type { Receive } from './channels/channel.ts';
import type { ConversationReferences } from './channels/teams/conversation-references.ts';
import type { Speak } from './channels/whatsapp/message.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createReceiver } from './conversation/accept-message.ts';
import { createDeliveryWorker } from './conversation/delivery-worker.ts';
import { createReceiveLimit } from './conversation/limit-receiver.ts';
import { sayReply } from './conversation/replies.ts';
import { createTurnHandler } from './conversation/turn-handler.ts';
import { createTurnWorker } from './conversation/turn-worker.ts';
import { openAdmin } from './gateway/admin.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Readiness } from './gateway/health-route.ts';
import { createRequestScope } from './gateway/request-scope.ts';
import { linkWhatsApp } from './link-whatsapp.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { openChannels } from './open-channels.ts';
import type { LinkRequest, LinkStatus } from './operations/operations.ts';
import type { Database } from './storage/database.ts';
import type { Store } from './storage/store.ts';
import { createHousekeeping, HOUSEKEEPING } from './upkeep/housekeeping.ts';
import { createTicks } from './upkeep/ticks.ts';

/** What the application is joined from. */
export interface AppParts {
  readonly config: Config;
  readonly log: Logger;
  readonly assistant: Assistant;
  /** The store's own database, for what wakes timed work. */
  readonly database: Database;
  readonly store: Store;
  readonly references: ConversationReferences;
  readonly metrics: Metrics;
  /** The spoken form of replies. */
  readonly speak: Speak;
  /** Where the keys of what is at rest come from. */
  readonly keys: Readiness['keys'];
}

/** Orienta with its channels open. */
export interface App {
  /** `http://host:port`, with the port that was really taken. */
  readonly address: string;
  /** The same of the operators' port. */
  readonly adminAddress: string;
  /** Starts linking WhatsApp's number, or tells how far it has come. */
  linkWhatsApp(request: LinkRequest): Promise<LinkStatus>;
  /** Takes no more messages, finishes the turns under way within a deadline, gives back the rest. Safe to call twice. */
  stop(): Promise<void>;
}

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
  const { config, log, assistant, database, store, references, metrics } = parts;
  const channels = openChannels({ config, log, store, references, speak: parts.speak });
  const { measures } = metrics;
  const shared = { store, clock: systemClock, random: Math.random, log, measures };
  const deliveries = createDeliveryWorker({
    ...shared,
    channels: channels.all,
    concurrency: DELIVERIES_AT_ONCE,
  });
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
  const housekeeping = { store, clock: systemClock, log, retentionDays: config.RETENTION_DAYS };
  const ticks = createTicks({
    database,
    store,
    clock: systemClock,
    log,
    handlers: { [HOUSEKEEPING]: createHousekeeping(housekeeping) },
  });
  const receiverOf = createReceiver({ store, onAccepted: () => turns.wake(), log });
  const limited = createReceiveLimit({
    store,
    knowledge: assistant.knowledge,
    phrases: assistant.phrases,
    log,
  });

  const requests = createRequestScope();
  const noting =
    (receive: Receive): Receive =>
    async (message) => {
      const taken = await receive(message);
      requests.noteTurn(taken.id);
      return taken;
    };
  const gateway = createGateway({
    knowledge: assistant.knowledge,
    web: channels.web,
    teams: channels.teams,
    ...(channels.whatsappCloud === undefined ? {} : { whatsapp: channels.whatsappCloud }),
    log,
    requests,
    readiness: () => readiness(parts, channels.statuses()),
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
  });
  for (const channel of channels.all) await channel.start(noting(limited(receiverOf(channel))));
  const admin = await openAdmin({
    metrics: metrics.read,
    channels: channels.statuses,
    linking: () => channels.whatsappWeb?.linking(),
    host: config.ADMIN_HOST,
    port: config.ADMIN_PORT,
    token: config.OPERATOR_TOKEN,
    log,
  });
  const listening = await gateway
    .listen({ port: config.PORT, host: config.HOST })
    .catch(async (error: unknown) => {
      await admin.close();
      throw error;
    });
  turns.start();
  deliveries.start();
  ticks.start();
  const stop = async (): Promise<void> => {
    await listening.close();
    await ticks.stop(FINISH_WITHIN_MS);
    await turns.stop(FINISH_WITHIN_MS);
    await deliveries.stop(FINISH_WITHIN_MS);
    await Promise.all(channels.all.map((channel) => channel.stop()));
    // Last, so that the draining can be watched.
    await admin.close();
  };
  let stopping: Promise<void> | undefined;
  return {
    address: listening.address,
    adminAddress: admin.address,
    linkWhatsApp: (request) => linkWhatsApp(channels, request),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

async function readiness(
  { assistant, store, keys }: AppParts,
  channels: Readiness['channels'],
): Promise<Readiness> {
  const database = await store.ping().then(
    () => true,
    () => false,
  );
  return {
    database,
    keys,
    knowledge: assistant.knowledge.units.size > 0,
    index: assistant.index.search,
    channels,
  };
}
