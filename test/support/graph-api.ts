import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { BSUID, messageSchema, typingSchema } from './graph-api-schema.ts';

/*
 * A stand-in of Meta's Graph API, as far as WhatsApp's Cloud API goes, over a real port. It refuses what Meta's
 * documentation says is refused, with the documented codes.
 */

const listeningSchema = z.object({ port: z.number() });

/** A message that Meta accepted. */
export interface GraphMessage extends z.output<typeof messageSchema> {
  readonly id: string;
}

/** How a request is refused. */
export interface GraphRefusalPlan {
  readonly status: number;
  /** Meta's code; without it the answer is none of the Graph API. */
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many messages are refused; all from now on unless said. */
  readonly times?: number;
  /** Only these; all unless said. */
  readonly only?: (message: unknown) => boolean;
  /** The message is taken, and the connection cut before the answer. */
  readonly takes?: boolean;
}

/** A media file that a person sent. */
export interface GraphMedia {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** What Meta says of its size; the truth unless said. */
  readonly claimedSize?: number;
  /** Where Meta says it lies; here unless said. */
  readonly url?: string;
}

/** An audio that Orienta uploaded. */
export interface GraphUpload {
  readonly id: string;
  readonly type: string;
  readonly fileType: string;
  readonly bytes: Uint8Array;
}

/** Meta's side, as a test drives it. */
export interface GraphApi {
  /** Address of the API with its version. */
  readonly url: string;
  /** What was accepted, in order; typing signs are apart. */
  readonly messages: readonly GraphMessage[];
  /** Ids of messages that were marked as read with a typing sign. */
  readonly typed: readonly string[];
  readonly uploads: readonly GraphUpload[];
  /** How often the number was asked for. */
  readonly checks: () => number;
  /** Refuses messages, or takes them again. */
  refuseMessages(plan: GraphRefusalPlan | undefined): void;
  /** Refuses everything else: checks, uploads, media. */
  refuseRest(plan: GraphRefusalPlan | undefined): void;
  addMedia(id: string, media: GraphMedia): void;
  /** Typing signs arrive so much later than they were sent, in ms. */
  slowTyping(ms: number): void;
  /** The number is told so much later than it was asked for, in ms. */
  slowChecks(ms: number): void;
  /** Called with each accepted message, before the answer goes out. */
  onAccepted(listener: (message: GraphMessage) => void | Promise<void>): void;
  close(): Promise<void>;
}

/** Who may call, for which number. */
export interface GraphApiOptions {
  readonly token: string;
  readonly phoneId: string;
}

interface State extends GraphApiOptions {
  readonly messages: GraphMessage[];
  readonly typed: string[];
  readonly uploads: GraphUpload[];
  readonly media: Map<string, GraphMedia>;
  checks: number;
  typingMs: number;
  checkMs: number;
  refusal: GraphRefusalPlan | undefined;
  restRefusal: GraphRefusalPlan | undefined;
  accepted: (message: GraphMessage) => void | Promise<void>;
  address: string;
}

/** Listens on a free port of this machine. */
export async function startGraphApi(options: GraphApiOptions): Promise<GraphApi> {
  const state: State = {
    ...options,
    ...{
      messages: [],
      typed: [],
      uploads: [],
      media: new Map(),
      checks: 0,
      typingMs: 0,
      checkMs: 0,
      address: '',
    },
    refusal: undefined,
    restRefusal: undefined,
    accepted: () => undefined,
  };
  const server = createServer((request, response) => void route(state, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.address = `http://127.0.0.1:${listeningSchema.parse(server.address()).port}`;
  return {
    url: `${state.address}/v25.0`,
    messages: state.messages,
    typed: state.typed,
    uploads: state.uploads,
    checks: () => state.checks,
    refuseMessages: (plan) => {
      state.refusal = plan;
    },
    refuseRest: (plan) => {
      state.restRefusal = plan;
    },
    addMedia: (id, file) => void state.media.set(id, file),
    slowTyping: (ms) => {
      state.typingMs = ms;
    },
    slowChecks: (ms) => {
      state.checkMs = ms;
    },
    onAccepted: (listener) => {
      state.accepted = listener;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function route(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', state.address);
  const number = `/v25.0/${state.phoneId}`;
  if (request.headers.authorization !== `Bearer ${state.token}`) {
    return refuse(response, { status: 401, code: 190 });
  }
  const call = `${request.method} ${pathname}`;
  if (call === `POST ${number}/messages`) return takeMessage(state, request, response);
  if (state.restRefusal !== undefined) return refuse(response, state.restRefusal);
  if (call === `POST ${number}/media`) return takeUpload(state, request, response);
  if (request.method !== 'GET') return refuse(response, { status: 400, code: 100 });
  if (pathname === number) {
    await sleep(state.checkMs);
    state.checks += 1;
    return answer(response, 200, { id: state.phoneId });
  }
  return giveMedia(state, pathname, response);
}

async function takeMessage(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body: unknown = JSON.parse((await bytesOf(request)).toString('utf8'));
  const typing = typingSchema.safeParse(body);
  if (typing.success) {
    await sleep(state.typingMs);
    state.typed.push(typing.data.message_id);
    return answer(response, 200, { success: true });
  }
  const plan = nextRefusal(state, body);
  if (plan !== undefined && plan.takes !== true) return refuse(response, plan);
  const parsed = messageSchema.safeParse(body);
  if (!parsed.success) return refuse(response, { status: 400, code: 131009 });
  const message = { ...parsed.data, id: `wamid.${state.messages.length + 1}` };
  const { to, recipient } = message;
  if (to === undefined && !BSUID.test(recipient ?? '')) return refuse(response, { status: 400, code: 100 });
  // As it is seen there: a business-scoped id in `to` is answered with 200, and the message goes nowhere.
  if (to === undefined || /^\d+$/.test(to)) {
    state.messages.push(message);
    await state.accepted(message);
  }
  if (plan?.takes === true) {
    response.destroy();
    return;
  }
  answer(response, 200, {
    messaging_product: 'whatsapp',
    contacts: [to === undefined ? { input: recipient, user_id: recipient } : { input: to, wa_id: to }],
    messages: [{ id: message.id }],
  });
}

function nextRefusal(state: State, body: unknown): GraphRefusalPlan | undefined {
  const { refusal } = state;
  if (refusal === undefined || refusal.only?.(body) === false) return undefined;
  if (refusal.times !== undefined) {
    state.refusal = refusal.times > 1 ? { ...refusal, times: refusal.times - 1 } : undefined;
  }
  return refusal;
}

async function takeUpload(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  const form = await new Response(Uint8Array.from(await bytesOf(request)), { headers }).formData();
  const file = form.get('file');
  if (form.get('messaging_product') !== 'whatsapp' || !(file instanceof Blob)) {
    return refuse(response, { status: 400, code: 100 });
  }
  const id = `media-${state.uploads.length + 1}`;
  const bytes = new Uint8Array(await file.arrayBuffer());
  state.uploads.push({ id, type: String(form.get('type')), fileType: file.type, bytes });
  answer(response, 200, { id });
}

/** Where a file lies, and then the file itself. */
function giveMedia(state: State, pathname: string, response: ServerResponse): void {
  const id = pathname.split('/').at(-1) ?? '';
  const found = state.media.get(id);
  if (found === undefined) refuse(response, { status: 400, code: 100 });
  else if (pathname.startsWith('/file/')) {
    response.writeHead(200, { 'Content-Type': found.type }).end(found.bytes);
  } else {
    answer(response, 200, {
      messaging_product: 'whatsapp',
      url: found.url ?? `${state.address}/file/${id}`,
      mime_type: found.type,
      sha256: 'not-checked',
      file_size: String(found.claimedSize ?? found.bytes.byteLength),
      id,
    });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, { status, code, headers = {} }: GraphRefusalPlan): void {
  const error = {
    message: `(#${code}) words that may name 50255550101`,
    type: 'OAuthException',
    code,
    fbtrace_id: 'A',
  };
  response
    .writeHead(status, { 'Content-Type': 'application/json', ...headers })
    .end(code === undefined ? '<html>' : JSON.stringify({ error }));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
