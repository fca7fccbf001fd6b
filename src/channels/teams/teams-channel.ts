import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../../config.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Channel, ChannelStatus, Receive } from '../channel.ts';
import { type InboundActivity, readActivity } from './activity.ts';
import { teamsAudience } from './audience.ts';
import type { ConversationReferences } from './conversation-references.ts';
import { createTakeActivity } from './incoming.ts';
import { isExposed, type LocalRefusal, localRefusal } from './local-only.ts';
import { createOutgoing, MAX_TEXT_LENGTH } from './outgoing.ts';
import { TeamsAdapter, type TeamsCredentials } from './teams-adapter.ts';

/** How long things may take. */
interface TeamsLimits {
  /** A delivery, the connector's own retries included. */
  readonly sendMs: number;
  /** Keeping what came in; after that the platform is told to send it again. */
  readonly takeMs: number;
}

// Teams repeats a message that is not acknowledged within 15 s.
const DEFAULT_LIMITS: TeamsLimits = { sendMs: 15_000, takeMs: 10_000 };

/** A request whose JSON body the gateway has read and limited in size. */
type TeamsRequest = IncomingMessage & { readonly body?: unknown };

/** What of the configuration Teams looks at. */
export type TeamsConfig = TeamsCredentials & Pick<Config, 'PUBLIC_URL' | 'HOST' | 'TEAMS_DEV_ROLE'>;

/** Teams and the Agents Playground. */
export interface TeamsChannel extends Channel {
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
  readonly limits?: TeamsLimits;
}

/** @returns a channel that refuses every request until it is started */
export function createTeamsChannel(parts: TeamsChannelParts): TeamsChannel {
  const { config, log, references, now, forget = async () => {}, limits = DEFAULT_LIMITS } = parts;
  const isOff = config.MicrosoftAppId === undefined && isExposed(config);
  const adapter = new TeamsAdapter(config, { sendTimeoutMs: limits.sendMs });
  const outgoing = createOutgoing({ adapter, references, log });
  const audience = teamsAudience(config);
  const take = createTakeActivity({
    outgoing,
    references,
    audience,
    log,
    now,
    forget,
    takeMs: limits.takeMs,
  });
  let receive: Receive | undefined;

  return {
    name: 'teams',
    maxTextLength: MAX_TEXT_LENGTH,
    mayWriteFirst: true,
    start: async (receiver) => {
      receive = receiver;
    },
    send: outgoing.send,
    status: () => statusOf(receive !== undefined, isOff),
    stop: async () => {
      receive = undefined;
      await outgoing.settled();
    },
    handle: async (request, response) => {
      const receiver = receive;
      if (isOff) throw strangerError('exposed');
      if (receiver === undefined) throw notRunning();
      const { activity, raw } = readActivity(request.body);
      if (config.MicrosoftAppId === undefined) refuseStrangers(request, activity);
      const token = request.headers.authorization ?? '';
      response.writeHead(await adapter.receive(token, raw, () => take(activity, raw, receiver))).end();
    },
  };
}

function statusOf(isStarted: boolean, isOff: boolean): ChannelStatus {
  if (isOff)
    return {
      state: 'off',
      reason:
        'faltan las credenciales de Microsoft (MicrosoftAppId y MicrosoftAppPassword), y no solo esta máquina puede llamar',
    };
  return isStarted ? { state: 'ready' } : { state: 'off', reason: 'todavía no arranca' };
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
