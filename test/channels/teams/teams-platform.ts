import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import type { TeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { createWebChannel } from '#src/channels/web/web-channel.ts';
import { createGateway } from '#src/gateway/gateway.ts';
import type { Logger } from '#src/log.ts';
import { packageRoot } from '#src/paths.ts';
import { READY } from '../../gateway/gateway-harness.ts';
import { buildKnowledge } from '../../support/builders.ts';
import { startTeamsConnector, type TeamsConnector } from '../../support/teams-connector.ts';

const recordedSchema = z.looseObject({
  id: z.unknown(),
  conversation: z.looseObject({ id: z.string() }),
  recipient: z.looseObject({ id: z.string() }),
  from: z.looseObject({ aadObjectId: z.string().optional() }),
});
const listeningSchema = z.object({ port: z.number() });

/** An activity as the Playground sent it. */
export type Recorded = z.output<typeof recordedSchema>;

/** The Bot Framework's side: takes what the channel writes and posts activities to the channel, over real ports. */
export interface TeamsPlatform extends TeamsConnector {
  /** Posts a body to the channel. Strings go as they are. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Posts a body under another Host header, which fetch does not let anybody set. @returns the status */
  postToHost(host: string, body: unknown): Promise<number>;
}

/** Where the caller seems to be. */
export interface PlatformOptions {
  /** Puts another address in place of this machine's. */
  readonly peer?: string;
  /** Where the gateway writes its log; nowhere by default. */
  readonly log?: Logger;
}

/** Starts the platform and the gateway around the channel. */
export async function startTeamsPlatform(
  channel: TeamsChannel,
  options: PlatformOptions = {},
): Promise<TeamsPlatform> {
  const connector = await startTeamsConnector();
  const gateway = gatewayAround(channel, options.log ?? pino({ level: 'silent' }));
  const bot = createServer((req, res) => {
    if (options.peer !== undefined)
      Object.defineProperty(req.socket, 'remoteAddress', { value: options.peer });
    gateway(req, res);
  });
  const endpoint = `${await listen(bot)}/api/messages`;

  return {
    ...connector,
    post: (body, headers = {}) =>
      fetch(endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    postToHost: async (host, body) => {
      const headers = { Host: host, 'Content-Type': 'application/json' };
      const posting = request(endpoint, { method: 'POST', headers });
      posting.end(JSON.stringify(body));
      const [answer]: IncomingMessage[] = await once(posting, 'response');
      answer?.resume();
      return answer?.statusCode ?? 0;
    },
    close: async () => {
      await Promise.all([connector.close(), closeServer(bot)]);
    },
  };
}

/** An activity recorded from the Playground, with the fields the test needs put over it. */
export function recorded(name: string, over: Readonly<Record<string, unknown>> = {}): Recorded {
  const file = join(packageRoot, 'test', 'fixtures', 'teams', `${name}.json`);
  return recordedSchema.parse({ ...JSON.parse(readFileSync(file, 'utf8')), ...over });
}

function gatewayAround(teams: TeamsChannel, log: Logger): RequestListener {
  const web = createWebChannel({
    now: () => new Date(),
    deadlineMs: 1_000,
    findReply: async () => undefined,
  });
  return createGateway({ knowledge: buildKnowledge([], []), web, teams, log, readiness: async () => READY })
    .app;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${listeningSchema.parse(server.address()).port}`;
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close').catch(() => undefined);
}
