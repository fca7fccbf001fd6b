import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import type { TeamsChannel } from '#src/channels/teams/teams-channel.ts';
import { createWebChannel } from '#src/channels/web/web-channel.ts';
import { createGateway } from '#src/gateway/gateway.ts';
import type { Logger } from '#src/log.ts';
import { packageRoot } from '#src/paths.ts';
import { READY } from '../../gateway/gateway-harness.ts';
import { buildKnowledge } from '../../support/builders.ts';

const outboundSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  textFormat: z.string().optional(),
});
const recordedSchema = z.looseObject({
  id: z.unknown(),
  conversation: z.looseObject({ id: z.string() }),
  recipient: z.looseObject({ id: z.string() }),
  from: z.looseObject({ aadObjectId: z.string().optional() }),
});
const listeningSchema = z.object({ port: z.number() });
const PATH = /^\/v3\/conversations\/([^/]+)\/activities/;

/** An activity as the Playground sent it. */
export type Recorded = z.output<typeof recordedSchema>;

/** An activity that the channel wrote to the platform. */
interface Written extends z.output<typeof outboundSchema> {
  readonly conversation: string;
  readonly id: string;
}

/** The Bot Framework's side: takes what the channel writes and posts activities to the channel, over real ports. */
export interface TeamsPlatform {
  /** Address that activities name as their serviceUrl. */
  readonly serviceUrl: string;
  /** Everything the channel wrote, typing signs included, in order of arrival. */
  readonly written: readonly Written[];
  /** Texts of the messages to one conversation. */
  messagesTo(conversation: string): readonly string[];
  /** Waits until that many messages have come to the conversation. */
  waitForMessages(conversation: string, count: number): Promise<readonly string[]>;
  /** From now on every delivery is refused with this status; undefined takes them again. */
  refuseWith(status: number | undefined, headers?: Readonly<Record<string, string>>): void;
  /** Posts a body to the channel. Strings go as they are. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Posts a body under another Host header, which fetch does not let anybody set. @returns the status */
  postToHost(host: string, body: unknown): Promise<number>;
  close(): Promise<void>;
}

/** Where the caller seems to be. */
export interface PlatformOptions {
  /** Puts another address in place of this machine's. */
  readonly peer?: string;
  /** How much later than other activities a typing sign is taken. */
  readonly typingDelayMs?: number;
  /** Where the gateway writes its log; nowhere by default. */
  readonly log?: Logger;
}

/** Starts the platform and the gateway around the channel. */
export async function startTeamsPlatform(
  channel: TeamsChannel,
  options: PlatformOptions = {},
): Promise<TeamsPlatform> {
  const written: Written[] = [];
  let refusal: { status: number; headers: Readonly<Record<string, string>> } | undefined;
  let changed = (): void => undefined;

  const service = createServer((req, res) => {
    void readJson(req).then(async (body) => {
      const activity = outboundSchema.parse(body);
      if (activity.type === 'typing') await sleep(options.typingDelayMs ?? 0);
      const conversation = decodeURIComponent(PATH.exec(req.url ?? '')?.[1] ?? '');
      if (refusal !== undefined) return res.writeHead(refusal.status, refusal.headers).end('{}');
      const id = randomUUID();
      written.push({ ...activity, conversation, id });
      res.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }));
      return changed();
    });
  });
  const gateway = gatewayAround(channel, options.log ?? pino({ level: 'silent' }));
  const bot = createServer((req, res) => {
    if (options.peer !== undefined)
      Object.defineProperty(req.socket, 'remoteAddress', { value: options.peer });
    gateway(req, res);
  });
  const serviceUrl = `${await listen(service)}/`;
  const endpoint = `${await listen(bot)}/api/messages`;

  const messagesTo = (conversation: string): readonly string[] =>
    written
      .filter((activity) => activity.type === 'message' && activity.conversation === conversation)
      .map(({ text }) => text ?? '');

  return {
    serviceUrl,
    written,
    messagesTo,
    waitForMessages: async (conversation, count) => {
      while (messagesTo(conversation).length < count) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
      return messagesTo(conversation);
    },
    refuseWith: (status, headers = {}) => {
      refusal = status === undefined ? undefined : { status, headers };
    },
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
      await Promise.all([service, bot].map(closeServer));
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

async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
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
