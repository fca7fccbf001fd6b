import { once } from 'node:events';
import { createServer } from 'node:http';
import { pino } from 'pino';
import { z } from 'zod';
import type { ConversationId, Receive, Reply, SenderName } from '#src/channels/channel.ts';
import { renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import { createWebChannel } from '#src/channels/web/web-channel.ts';
import {
  createWhatsAppCloudChannel,
  type WhatsAppCloudChannel,
  type WhatsAppCloudParts,
} from '#src/channels/whatsapp/cloud/whatsapp-cloud-channel.ts';
import type { TakeMessage, WhatsAppMessage } from '#src/channels/whatsapp/message.ts';
import { Secret } from '#src/config.ts';
import { createGateway } from '#src/gateway/gateway.ts';
import { READY } from '../../../gateway/gateway-harness.ts';
import { buildKnowledge } from '../../../support/builders.ts';
import { type GraphApi, startGraphApi } from '../../../support/graph-api.ts';
import { PHONE_ID, signatureOf, status, webhook } from '../../../support/graph-api-payloads.ts';

export const TOKEN = 'EAAtoken';
export const APP_SECRET = 'app-secret-of-the-tests';
export const VERIFY_TOKEN = 'palabra-de-verificacion';

const listeningSchema = z.object({ port: z.number() });

/** The Cloud API's side: a stand-in of Meta, and the channel behind the real gateway. */
export interface CloudPlatform {
  readonly graph: GraphApi;
  readonly channel: WhatsAppCloudChannel;
  /** Address of the webhook. */
  readonly endpoint: string;
  /** Messages that were handed in. */
  readonly taken: readonly WhatsAppMessage[];
  readonly forgotten: readonly string[];
  readonly amended: readonly (readonly [string, string])[];
  readonly aliases: readonly (readonly SenderName[])[];
  /** Messages that failed after they had counted as delivered. */
  readonly late: readonly { readonly id: string; readonly code: number | undefined }[];
  /** Posts a webhook as Meta does, signed. */
  post(body: object): Promise<Response>;
  /** Posts bytes with a header of the test's own. */
  postRaw(body: string, headers: Readonly<Record<string, string>>): Promise<Response>;
  /** Everything logged. */
  logged(): string;
  /** Resolves once Meta has reported on everything that it accepted. */
  reported(): Promise<void>;
  close(): Promise<void>;
}

/** What a test changes. */
export interface CloudOptions extends Partial<Omit<WhatsAppCloudParts, 'token' | 'phoneId'>> {
  /** The status that Meta reports of each accepted message by itself; none when `undefined` is given. */
  readonly reports?: string | undefined;
}

/** Starts the stand-in and the gateway around a channel, which is not started. */
export async function startCloudPlatform(options: CloudOptions = {}): Promise<CloudPlatform> {
  const { reports = 'reports' in options ? undefined : 'sent', ...over } = options;
  const graph = await startGraphApi({ token: TOKEN, phoneId: PHONE_ID });
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const taken: WhatsAppMessage[] = [];
  const forgotten: string[] = [];
  const amended: (readonly [string, string])[] = [];
  const aliases: (readonly SenderName[])[] = [];
  const late: { id: string; code: number | undefined }[] = [];
  const channel = createWhatsAppCloudChannel({
    token: new Secret(TOKEN),
    phoneId: PHONE_ID,
    appSecret: new Secret(APP_SECRET),
    verifyToken: new Secret(VERIFY_TOKEN),
    graphUrl: graph.url,
    take: noting(taken, handIn),
    render: renderWhatsApp,
    forget: async (id) => forgotten.push(id),
    amend: async (id, text) => amended.push([id, text]),
    alias: async (names) => aliases.push(names),
    onFailed: ({ id, code }) => late.push({ id, code }),
    now: () => new Date(),
    log,
    ...over,
    limits: {
      callMs: 5_000,
      statusMs: 1_000,
      startMs: 5_000,
      retry: { firstMs: 20, longestMs: 40 },
      ...over.limits,
    },
  });
  const web = createWebChannel({
    now: () => new Date(),
    deadlineMs: 1_000,
    findReply: async () => undefined,
  });
  const knowledge = buildKnowledge([], []);
  const { app } = createGateway({ knowledge, web, whatsapp: channel, log, readiness: async () => READY });
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${listeningSchema.parse(server.address()).port}/api/whatsapp`;

  const postRaw = (body: string, headers: Readonly<Record<string, string>>) =>
    fetch(endpoint, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
  const post = (body: object) => {
    const text = JSON.stringify(body);
    return postRaw(text, { 'X-Hub-Signature-256': signatureOf(text, APP_SECRET) });
  };
  const reported: Promise<unknown>[] = [];
  graph.onAccepted(({ id, biz_opaque_callback_data: tag }) => {
    if (reports === undefined) return;
    reported.push(post(webhook(status(id, reports, tag === undefined ? {} : { tag }))));
  });
  return {
    graph,
    channel,
    endpoint,
    taken,
    forgotten,
    amended,
    aliases,
    late,
    post,
    postRaw,
    logged: () => lines.join(''),
    reported: async () => {
      await Promise.all(reported);
    },
    close: async () => {
      await Promise.all(reported);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, graph.close()]);
    },
  };
}

/** The plainest taker: the words, and the person's chat as conversation. */
export const handIn: TakeMessage = async ({ id, chat, names, sentAt, body }, receive) => {
  await receive({
    channel: 'whatsapp',
    id,
    conversation: conversationOf(chat),
    names,
    audience: 'public',
    text: body.kind === 'text' ? body.text : '',
    receivedAt: sentAt,
  });
};

/** The conversation that a chat is. */
export function conversationOf(chat: string): ConversationId {
  return `whatsapp:${chat}` as ConversationId;
}

/** Keeps whatever is handed in. */
export const keep: Receive = async () => ({ id: 'turn-1' });

/** A reply of plain paragraphs. */
export function said(...paragraphs: readonly string[]): Reply {
  return {
    kind: 'answer',
    language: 'es',
    blocks: paragraphs.map((text) => ({ kind: 'paragraph', text })),
    citations: [],
  };
}

function noting(taken: WhatsAppMessage[], take: TakeMessage): TakeMessage {
  return async (message, receive) => {
    taken.push(message);
    await take(message, receive);
  };
}
