import type { Assistant } from './assistant.ts';
import type { Channel, Receive } from './channels/channel.ts';
import type { FileShelf } from './channels/file-shelf.ts';
import type { ConversationReferences } from './channels/teams/conversation-references.ts';
import type { Speak } from './channels/whatsapp/message.ts';
import type { Config } from './config.ts';
import { type AcceptParts, createAmender, createReceiver } from './conversation/accept-message.ts';
import { createReceiveLimit } from './conversation/limit-receiver.ts';
import { createTraffic } from './conversation/traffic.ts';
import { openAdmin } from './gateway/admin.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Readiness } from './gateway/health-route.ts';
import type { Listening } from './gateway/listen.ts';
import { createRequestScope, type RequestScope } from './gateway/request-scope.ts';
import { linkWhatsApp } from './link-whatsapp.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type OpenChannels, openChannels } from './open-channels.ts';
import { openWorkers } from './open-workers.ts';
import type { LinkRequest, LinkStatus } from './operations/operations.ts';
import type { Database } from './storage/database.ts';
import type { Store } from './storage/store.ts';

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
  /** Files that wait to be fetched. */
  readonly files: FileShelf;
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

/**
 * Opens the channels and the gateway, and starts the workers.
 * @throws {AppError} `PORT_IN_USE` or `CONFIG_INVALID` when a port cannot be had
 */
export async function startApp(parts: AppParts): Promise<App> {
  const { log, assistant, store } = parts;
  const accept: AcceptParts = {
    store,
    isUrgent: assistant.triage.isUrgent,
    onAccepted: () => workers.wake(),
    log,
  };
  const channels = openChannels({
    ...parts,
    places: assistant.places,
    search: assistant.search,
    desk: assistant.desk,
    onReply: () => workers.wakeDeliveries(),
    amend: createAmender(accept)('whatsapp'),
  });
  const { whatsappWeb } = channels;
  if (whatsappWeb !== undefined) parts.metrics.watchBrowser(() => whatsappWeb.facts());
  const traffic = createTraffic(() => performance.now());
  const workers = openWorkers({ ...parts, channels: channels.all, givesWay: traffic.isHeavy });
  const requests = createRequestScope();
  const stopChannels = async () => {
    await Promise.all(channels.all.map((channel) => channel.stop()));
  };
  const around = (receive: Receive) => traffic.watched(noteTurns(requests, receive));
  await startChannels(channels.all, accept, around, parts);
  const { admin, listening } = await listen(parts, channels, requests).catch(async (error: unknown) => {
    await stopChannels();
    throw error;
  });
  workers.start();
  const stop = async (): Promise<void> => {
    await listening.close();
    await workers.stop();
    await stopChannels();
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

async function startChannels(
  channels: readonly Channel[],
  accept: AcceptParts,
  around: (receive: Receive) => Receive,
  { assistant }: AppParts,
): Promise<void> {
  const { knowledge, phrases } = assistant;
  const limited = createReceiveLimit({ ...accept, knowledge, phrases });
  const receiverOf = createReceiver(accept);
  for (const channel of channels) await channel.start(around(limited(receiverOf(channel))));
}

/** Lets the log line of a request name the turn that it opened. */
function noteTurns(requests: RequestScope, receive: Receive): Receive {
  return async (message) => {
    const taken = await receive(message);
    requests.noteTurn(taken.id);
    return taken;
  };
}

/** Opens the operators' port and the public one; when the second cannot be had, the first is closed again. */
async function listen(
  parts: AppParts,
  channels: OpenChannels,
  requests: RequestScope,
): Promise<{ readonly admin: Listening; readonly listening: Listening }> {
  const { config, log, assistant, metrics } = parts;
  const gateway = createGateway({
    knowledge: assistant.knowledge,
    web: channels.web,
    files: parts.files,
    teams: channels.teams,
    ...(channels.whatsappCloud === undefined ? {} : { whatsapp: channels.whatsappCloud }),
    log,
    requests,
    readiness: () => readiness(parts, channels.statuses()),
    about: {
      retentionDays: config.RETENTION_DAYS,
      voiceLeaves: config.TRANSCRIPTION_URL !== undefined,
    },
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
  });
  const admin = await openAdmin({
    metrics: metrics.read,
    channels: channels.statuses,
    linking: () => channels.whatsappWeb?.linking(),
    host: config.ADMIN_HOST,
    port: config.ADMIN_PORT,
    token: config.OPERATOR_TOKEN,
    log,
  });
  try {
    return { admin, listening: await gateway.listen({ port: config.PORT, host: config.HOST }) };
  } catch (error) {
    await admin.close();
    throw error;
  }
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
