import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Channel, ChannelStatus, Receive } from '../channel.ts';
import { type InboundActivity, readActivity } from './activity.ts';
import { teamsAudience } from './audience.ts';
import type { ConversationReferences } from './conversation-references.ts';
import { createTakeActivity } from './incoming.ts';
import { localRefusal } from './local-only.ts';
import { createOutgoing, MAX_TEXT_LENGTH } from './outgoing.ts';
import { refuse, StrangerError } from './refusal.ts';
import { TeamsAdapter, type TeamsCredentials } from './teams-adapter.ts';

/** How long things may take. */
interface TeamsLimits {
  /** A delivery, the connector's own retries included. */
  readonly sendMs: number;
  /** Taking a message in; after that the platform gets its 200 and the rest goes on by itself. */
  readonly acknowledgeMs: number;
}

// Teams repeats a message that is not acknowledged within 15 s.
const DEFAULT_LIMITS: TeamsLimits = { sendMs: 15_000, acknowledgeMs: 3_000 };

/** A request whose JSON body the gateway has read and limited in size. */
type TeamsRequest = IncomingMessage & { readonly body?: unknown };

/** Teams and the Agents Playground. */
export interface TeamsChannel extends Channel {
  /** Answers one POST of the Bot Framework. Never throws: every fault becomes a status with a plain JSON error. */
  handle(request: TeamsRequest, response: ServerResponse): Promise<void>;
}

/** What the Teams channel is made from. */
export interface TeamsChannelParts {
  readonly config: TeamsCredentials;
  readonly log: Logger;
  readonly references: ConversationReferences;
  readonly now: () => Date;
  readonly limits?: TeamsLimits;
}

/** @returns a channel that refuses every request until it is started */
export function createTeamsChannel(parts: TeamsChannelParts): TeamsChannel {
  const { config, log, references, now, limits = DEFAULT_LIMITS } = parts;
  const hasCredentials = config.MicrosoftAppId !== undefined;
  const adapter = new TeamsAdapter(config, { sendTimeoutMs: limits.sendMs });
  const outgoing = createOutgoing({ adapter, references, log });
  const take = createTakeActivity({ outgoing, references, audience: teamsAudience(config), log, now });
  let receive: Receive | undefined;

  const post = async (request: TeamsRequest): Promise<number> => {
    const receiver = receive;
    if (receiver === undefined)
      throw new AppError('CHANNEL_UNAVAILABLE', 'The Teams channel is not running.', { retryable: true });
    const { activity, raw } = readActivity(request.body);
    if (!hasCredentials) refuseStrangers(request, activity);
    return adapter.receive(request.headers.authorization ?? '', raw, () =>
      Promise.race([take(activity, raw, receiver), sleep(limits.acknowledgeMs, undefined, { ref: false })]),
    );
  };

  return {
    name: 'teams',
    maxTextLength: MAX_TEXT_LENGTH,
    mayWriteFirst: true,
    start: async (receiver) => {
      receive = receiver;
    },
    send: outgoing.send,
    status: (): ChannelStatus =>
      receive === undefined ? { state: 'off', reason: 'not started' } : { state: 'ready' },
    stop: async () => {
      receive = undefined;
      await outgoing.settled();
    },
    handle: async (request, response) => {
      try {
        response.writeHead(await post(request)).end();
      } catch (error) {
        refuse(error, response, log);
      }
    },
  };
}

function refuseStrangers(request: TeamsRequest, activity: InboundActivity): void {
  const { headers, socket } = request;
  const reason = localRefusal({
    remoteAddress: socket.remoteAddress,
    headers,
    serviceUrl: activity.serviceUrl,
  });
  if (reason !== undefined) throw new StrangerError(reason);
}
