import { z } from 'zod';
import type { Secret } from '../../../config.ts';
import { AppError } from '../../../errors.ts';
import type { Audio } from '../message.ts';
import { refusalOf } from './graph-refusal.ts';

/** The Graph API's version that this was written against. */
export const GRAPH_URL = 'https://graph.facebook.com/v25.0';
/** Where Meta keeps what people send; the token goes nowhere else. */
const MEDIA_HOST = /(^|\.)(fbsbx\.com|fbcdn\.net|facebook\.com|whatsapp\.net)$/;

const acceptedSchema = z.looseObject({
  messages: z.tuple([z.looseObject({ id: z.string().min(1) })], z.unknown()),
});
const idSchema = z.looseObject({ id: z.string().min(1) });
const mediaSchema = z.looseObject({
  url: z.url(),
  mime_type: z.string().optional(),
  file_size: z.coerce.number().optional(),
});

/** What of the Graph API Orienta uses. Every call throws {@link GraphRefusal}, or a retryable {@link AppError}. */
export interface GraphClient {
  /** Hands a message to Meta. @returns its id: it is accepted, not yet sent */
  send(message: object, signal?: AbortSignal): Promise<string>;
  /** Marks a person's message as read and shows for 25 s, or until the answer, that one is being written. */
  showTyping(messageId: string): Promise<void>;
  /** @returns the id under which the audio can be sent */
  upload(audio: Audio, signal?: AbortSignal): Promise<string>;
  /** @returns undefined when it is larger than `mostBytes` */
  download(mediaId: string, mostBytes: number): Promise<Audio | undefined>;
  /** Asks for the number, which needs a token that holds and may use it. */
  check(): Promise<void>;
}

/** What the client is made from. */
export interface GraphClientParts {
  readonly token: Secret;
  readonly phoneId: string;
  /** With its version and without a slash at the end. */
  readonly graphUrl: string;
  /** Longest that one call may take. */
  readonly callMs: number;
  readonly now: () => Date;
}

/** @returns a client that keeps nothing */
export function createGraphClient(parts: GraphClientParts): GraphClient {
  const number = `${parts.graphUrl}/${encodeURIComponent(parts.phoneId)}`;
  const call = (url: string, init: RequestInit, signal?: AbortSignal) => callGraph(parts, url, init, signal);
  const postJson = (body: object, signal?: AbortSignal) =>
    call(
      `${number}/messages`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', ...body }),
      },
      signal,
    );
  return {
    send: async (message, signal) => read(acceptedSchema, await postJson(message, signal)).messages[0].id,
    showTyping: async (messageId) => {
      await postJson({ status: 'read', message_id: messageId, typing_indicator: { type: 'text' } });
    },
    upload: async ({ bytes, type }, signal) => {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', type);
      form.set('file', new Blob([Uint8Array.from(bytes)], { type }), 'voz.ogg');
      return read(idSchema, await call(`${number}/media`, { method: 'POST', body: form }, signal)).id;
    },
    download: async (mediaId, mostBytes) => {
      const query = new URLSearchParams({ phone_number_id: parts.phoneId });
      const found = await call(`${parts.graphUrl}/${encodeURIComponent(mediaId)}?${query}`, {});
      const media = read(mediaSchema, found);
      if ((media.file_size ?? 0) > mostBytes) return undefined;
      return fetchMedia(parts, media, mostBytes);
    },
    check: async () => {
      read(idSchema, await call(`${number}?fields=id`, {}));
    },
  };
}

async function callGraph(
  parts: GraphClientParts,
  url: string,
  init: RequestInit,
  signal?: AbortSignal,
): Promise<unknown> {
  const response = await fetchWithToken(parts, url, init, signal);
  if (!response.ok) throw await refusalOf(response, parts.now());
  return response.json().catch(() => undefined);
}

/** A failure to connect, or in time, is retryable. */
async function fetchWithToken(
  { token, callMs }: GraphClientParts,
  url: string,
  init: RequestInit,
  signal?: AbortSignal,
): Promise<Response> {
  const limit = AbortSignal.timeout(callMs);
  const headers = { ...init.headers, Authorization: `Bearer ${token.reveal()}` };
  try {
    return await fetch(url, {
      ...init,
      headers,
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
  } catch (cause) {
    throw outOfReach(cause);
  }
}

async function fetchMedia(
  parts: GraphClientParts,
  { url, mime_type: type = 'audio/ogg' }: z.output<typeof mediaSchema>,
  mostBytes: number,
): Promise<Audio | undefined> {
  const { origin, protocol, hostname } = new URL(url);
  const isMetas = protocol === 'https:' && MEDIA_HOST.test(hostname);
  if (!isMetas && origin !== new URL(parts.graphUrl).origin) {
    throw new AppError('CHANNEL_UNAVAILABLE', 'WhatsApp named a place for a media file that is not its own.');
  }
  const response = await fetchWithToken(parts, url, {});
  if (!response.ok || response.body === null) throw await refusalOf(response, parts.now());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), type };
}

function read<Shape extends z.ZodType>(schema: Shape, answer: unknown): z.output<Shape> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new AppError('CHANNEL_UNAVAILABLE', "WhatsApp's API answered in a form that is not documented.", {
    retryable: true,
  });
}

function outOfReach(cause: unknown): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', "WhatsApp's API could not be reached.", {
    retryable: true,
    cause,
  });
}
