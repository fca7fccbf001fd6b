import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { type Importer, noImporter } from '../../knowledge/importer.ts';
import type { Logger } from '../../log.ts';
import type { ChannelStatus, ProactiveChannel, Receive } from '../channel.ts';
import type { OnPress } from '../press.ts';
import { type AccessConfig, createAccess } from './access.ts';
import { type InboundActivity, isPersonal, readActivity } from './activity.ts';
import { createAnswerVerbs } from './answer-verbs.ts';
import type { TeamsCredentials } from './authentication.ts';
import { createCardActions } from './card-actions.ts';
import { type ConversationReferences, conversationOf } from './conversation-references.ts';
import { createFileDesk } from './files/file-desk.ts';
import { fileHosts } from './files/file-hosts.ts';
import type { InvokeAnswer, TakeAside, TakeInvoke } from './inbound.ts';
import { createTakeActivity } from './incoming.ts';
import { isExposed, type LocalRefusal, localRefusal } from './local-only.ts';
import { createOutgoing } from './outgoing.ts';
import { createReachableDelivery } from './reachable-delivery.ts';
import { MAX_TEXT_LENGTH } from './reply-activities.ts';
import { withRooms } from './rooms.ts';
import { TeamsAdapter } from './teams-adapter.ts';
import { withinTime } from './within-time.ts';

/** How long things may take. */
interface TeamsLimits {
  /** A delivery. */
  readonly sendMs: number;
  /** Checking who calls, and then keeping what came in; after that the platform is told to send it again. */
  readonly takeMs: number;
}

// Teams repeats a message that is not acknowledged within 15 s.
const DEFAULT_LIMITS: TeamsLimits = { sendMs: 15_000, takeMs: 7_000 };

/** A request whose JSON body the gateway has read and limited in size. */
type TeamsRequest = IncomingMessage & { readonly body?: unknown };

/** What of the configuration Teams looks at. */
export type TeamsConfig = TeamsCredentials &
  AccessConfig &
  Pick<Config, 'PUBLIC_URL' | 'HOST' | 'TEAMS_LEGAL_CONVERSATION'>;

/** Teams and the Agents Playground. */
export interface TeamsChannel extends ProactiveChannel {
  /**
   * Answers one POST of the Bot Framework, and only when it was taken.
   * @throws {AppError} `UNTRUSTED_REQUEST`, `LOCAL_ONLY` (no credentials, and the caller is not this machine),
   * `MALFORMED_REQUEST`, or a retryable one: the platform is to send the same again
   */
  handle(request: TeamsRequest, response: ServerResponse): Promise<void>;
}

/** What the Teams channel is made from. */
export interface TeamsChannelParts {
  readonly config: TeamsConfig;
  readonly log: Logger;
  readonly references: ConversationReferences;
  readonly now: () => Date;
  /** Forgets what a message said, by the platform's id, because its writer deleted it. */
  readonly forget?: (id: string) => Promise<unknown>;
  /** Does what people press under answers; absent, every button is told that it does not work any more. */
  readonly onPress?: OnPress;
  /** Who answers requests that wait for their answer, such as a button; the first that knows it. */
  readonly invokes?: readonly TakeInvoke[];
  /** Loads official texts that editors send; absent, they are told how else that is done. */
  readonly importer?: Importer;
  /** Who takes messages that are no questions; the first that knows it. */
  readonly asides?: readonly TakeAside[];
  readonly limits?: TeamsLimits;
}

/** @returns a channel that refuses every request until it is started */
export function createTeamsChannel(parts: TeamsChannelParts): TeamsChannel {
  const { config, limits = DEFAULT_LIMITS } = parts;
  const isOff = config.MicrosoftAppId === undefined && isExposed(config);
  const { adapter, delivery, references, outgoing, files, take } = joinParts(parts, limits);
  let receive: Receive | undefined;

  return {
    name: 'teams',
    maxTextLength: MAX_TEXT_LENGTH,
    mayWriteFirst: true,
    start: async (receiver) => {
      receive = receiver;
    },
    send: outgoing.send,
    writeFirst: async (to, reply, options) => {
      const reference = await references.get(to);
      if (reference !== undefined && !isPersonal(reference)) {
        throw new AppError('NUDGE_REFUSED', 'Only in a personal chat does nobody else read a reminder.');
      }
      return outgoing.send(to, reply, options);
    },
    roomOf: conversationOf,
    status: () => statusOf({ isStarted: receive !== undefined, isOff, isShutOut: delivery.isShutOut() }),
    stop: async () => {
      receive = undefined;
      await files.stop();
      await outgoing.settled();
    },
    handle: async (request, response) => {
      const receiver = receive;
      if (isOff) throw strangerError('exposed');
      if (receiver === undefined) throw notRunning();
      const { activity, raw } = readActivity(request.body);
      if (config.MicrosoftAppId === undefined) refuseStrangers(request, activity);
      const token = request.headers.authorization ?? '';
      const checking = adapter.authenticate(token, raw);
      await withinTime(checking, limits.takeMs, 'The token of a Teams request was not checked');
      respond(response, await take(activity, raw, receiver));
    },
  };
}

function joinParts(parts: TeamsChannelParts, { sendMs, takeMs }: TeamsLimits) {
  const { config, log, now, onPress, forget = async () => {} } = parts;
  const legal = config.TEAMS_LEGAL_CONVERSATION !== undefined;
  const references = withRooms(parts.references, {
    rooms: config.TEAMS_LEGAL_CONVERSATION === undefined ? [] : [config.TEAMS_LEGAL_CONVERSATION],
    home: config.MicrosoftAppTenantId,
  });
  const adapter = new TeamsAdapter(config, { sendTimeoutMs: sendMs, now });
  const delivery = createReachableDelivery(adapter, parts.references, log);
  const outgoing = createOutgoing({ adapter: delivery, references, log, legal });
  const mayFetch = fileHosts(config.MicrosoftAppId !== undefined);
  const { importer = noImporter } = parts;
  const files = createFileDesk({ importer, mayFetch, outgoing, delivery, log, now });
  const answerVerbs = onPress === undefined ? {} : createAnswerVerbs({ onPress, legal });
  const verbs = { ...files.verbs, ...answerVerbs };
  const invokes = [...(parts.invokes ?? []), createCardActions({ verbs, adapter: delivery, log })];
  const asides = [files.take, ...(parts.asides ?? [])];
  const access = createAccess(config);
  const publicUrl = config.PUBLIC_URL;
  const shared = { outgoing, references, access, log, now, forget, invokes, asides, publicUrl, takeMs };
  return { adapter, delivery, references, outgoing, files, take: createTakeActivity(shared) };
}

function respond(response: ServerResponse, { status, body }: InvokeAnswer): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

const NO_CREDENTIALS =
  'faltan las credenciales de Microsoft (MicrosoftAppId y MicrosoftAppPassword), y no solo esta máquina puede llamar';
const SHUT_OUT =
  'Microsoft no acepta las credenciales del bot y los mensajes no salen; revise MicrosoftAppPassword (¿venció?), MicrosoftAppType y MicrosoftAppTenantId';

function statusOf(now: {
  readonly isStarted: boolean;
  readonly isOff: boolean;
  readonly isShutOut: boolean;
}): ChannelStatus {
  if (now.isOff) return { state: 'off', reason: NO_CREDENTIALS };
  if (!now.isStarted) return { state: 'off', reason: 'todavía no arranca' };
  return now.isShutOut ? { state: 'ready', reason: SHUT_OUT } : { state: 'ready' };
}

function refuseStrangers({ headers, socket }: TeamsRequest, { serviceUrl }: InboundActivity): void {
  const reason = localRefusal({ remoteAddress: socket.remoteAddress, headers, serviceUrl });
  if (reason !== undefined) throw strangerError(reason);
}

function strangerError(reason: LocalRefusal): AppError {
  return new AppError('LOCAL_ONLY', `Teams has no credentials and takes only local requests (${reason}).`);
}

function notRunning(): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', 'The Teams channel is not running.', { retryable: true });
}
