import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const outboundSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  textFormat: z.string().optional(),
  attachments: z.array(z.looseObject({ content: z.unknown().optional() })).optional(),
});
const PATH = /^\/v3\/conversations\/([^/]+)\/activities/;

/** How what is written is refused. */
export interface Refusal {
  readonly status: number;
  readonly body?: string;
  /** Only what is for this conversation. */
  readonly conversation?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An activity that was written. */
export interface Written extends z.output<typeof outboundSchema> {
  readonly conversation: string;
  readonly id: string;
  /** PUT changes an activity that was written before. */
  readonly method: string;
  readonly authorization: string | undefined;
}

/** The place in Teams where Orienta writes to, over a real port of this machine. */
export interface TeamsConnector {
  /** Address that activities name as their serviceUrl. */
  readonly serviceUrl: string;
  /** Everything that was taken, typing signs included, in order of arrival. */
  readonly written: readonly Written[];
  /** Words of the messages that one conversation took, in order. */
  messagesTo(conversation: string): readonly string[];
  /** Waits until the conversation has taken that many messages. */
  waitForMessages(conversation: string, count: number): Promise<readonly string[]>;
  /** How many messages were tried, refused ones included. */
  tries(): number;
  /** From now on what is written is refused like this; undefined takes it again. */
  refuseWith(refusal: Refusal | undefined): void;
  /** From now on an answer to what is written takes this long. */
  delay(ms: Readonly<{ typing?: number; message?: number }>): void;
  close(): Promise<void>;
}

/** Listens on a free port. */
export async function startTeamsConnector(): Promise<TeamsConnector> {
  const written: Written[] = [];
  let refusal: Refusal | undefined;
  let delays: Readonly<{ typing?: number; message?: number }> = {};
  let tries = 0;
  let changed = (): void => undefined;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const activity = outboundSchema.parse(await readJson(request));
    const isTyping = activity.type === 'typing';
    if (!isTyping) tries += 1;
    await sleep((isTyping ? delays.typing : delays.message) ?? 0);
    if (response.destroyed) return;
    const conversation = decodeURIComponent(PATH.exec(request.url ?? '')?.[1] ?? '');
    if (refusal !== undefined && (refusal.conversation ?? conversation) === conversation) {
      const headers = { 'Content-Type': 'application/json', ...refusal.headers };
      response.writeHead(refusal.status, headers).end(refusal.body ?? '{}');
      return;
    }
    const id = randomUUID();
    written.push({
      ...activity,
      id,
      conversation,
      method: request.method ?? '',
      authorization: request.headers.authorization,
    });
    response.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }));
    changed();
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const messagesTo = (conversation: string): readonly string[] =>
    written.filter((one) => one.type === 'message' && one.conversation === conversation).map(wordsOf);
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
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
    tries: () => tries,
    refuseWith: (next) => {
      refusal = next;
    },
    delay: (ms) => {
      delays = ms;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a person reads: the message's text, or the texts on its cards. */
function wordsOf({ text, attachments = [] }: z.output<typeof outboundSchema>): string {
  return text ?? attachments.flatMap(({ content }) => textsIn(content)).join('\n');
}

function textsIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(textsIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
