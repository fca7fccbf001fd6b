import { createHash } from 'node:crypto';
import whatsapp, { type MessageMedia, type MessageSendOptions } from 'whatsapp-web.js';
import type { FromChild, ToChild } from '../protocol.ts';
import type { Acks } from './acks.ts';
import { withDeadline } from './deadline.ts';
import { callPage, type ScriptPage } from './page-call.ts';
import { chatMessages, foundSchema, hasChat, isKnown, messagesSchema } from './page-chats.ts';
import { type RawMessage, rawOf, readRaw } from './raw.ts';

/** What came of a request; a value, or why there is none. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly code: Extract<FromChild, { type: 'failed' }>['code'] };

export type SendRequest = Extract<ToChild, { type: 'send-text' | 'send-voice' }>;

/** Sends one message and waits for a server's receipt of it; never sends a second copy by itself. */
export type Send = (request: SendRequest) => Promise<Outcome>;

/** The page makes the message: for a voice note it uploads the recording. */
const SEND_MS = 25_000;
const ACK_MS = 25_000;
const MOST_LOOKED_AT = 50;
const VOICE_TYPE = 'audio/ogg; codecs=opus';

/** As much of whatsapp-web.js as sending needs. */
export interface SendClient {
  readonly pupPage?: ScriptPage;
  sendMessage(chat: string, content: string | MessageMedia, options: MessageSendOptions): Promise<unknown>;
}

export function createSend(client: SendClient, acks: Acks): Send {
  // A copy that was reported belongs to that request: two persons' "gracias" in one chat are two messages.
  const reported = new Set<string>();
  /** What was handed to the page and not reported since. */
  const open = new Set<string>();
  const receipt = async (message: RawMessage, key: string): Promise<Outcome> => {
    const id = message.id.serialized;
    const outcome = await acks.wait(id, message.ack ?? 0, ACK_MS);
    if (outcome !== 'sent') return { code: outcome === 'failed' ? 'not-sent' : 'no-ack' };
    reported.add(id);
    open.delete(key);
    return { value: id };
  };
  return async (request) => {
    const key = keyOf(request);
    const copy = await findCopy(client, request, reported).catch((thrown: unknown) => {
      // Without a look it may only be sent when this process has not tried before.
      if (open.has(key)) throw thrown;
      return undefined;
    });
    if (copy !== undefined) return receipt(copy, key);
    open.add(key);
    const { message, thrown } = await put(client, request);
    const raw = rawOf(message);
    return raw === undefined ? whyNot(client, request.chat, thrown) : receipt(raw, key);
  };
}

/** What was sent, or thrown. */
interface Put {
  readonly message?: unknown;
  readonly thrown?: unknown;
}

/** Sends; once more when the page lacked the person's other id, which it says before anything is sent. */
async function put(client: SendClient, request: SendRequest): Promise<Put> {
  const once = (): Promise<Put> =>
    withDeadline(hand(client, request), SEND_MS, () => new Error('late')).then(
      (message) => ({ message }),
      (thrown: unknown) => ({ thrown }),
    );
  const first = await once();
  const lacksId = first.thrown instanceof Error && first.thrown.message.includes('No LID for user');
  return lacksId && (await isKnownPerson(client, request.chat)) === true ? once() : first;
}

function hand(client: SendClient, request: SendRequest): Promise<unknown> {
  // `sendSeen` broke every send once when WhatsApp changed its page; previews fetch what people are sent to.
  const options: MessageSendOptions = { linkPreview: false, sendSeen: false, parseVCards: false };
  if (request.type === 'send-text') return client.sendMessage(request.chat, request.text, options);
  const media = new whatsapp.MessageMedia(VOICE_TYPE, request.data, 'voz.ogg');
  return client.sendMessage(request.chat, media, { ...options, sendAudioAsVoice: true });
}

/** A message of ours that says the same and went out, or waits to, since then. */
async function findCopy(
  client: SendClient,
  request: SendRequest,
  reported: ReadonlySet<string>,
): Promise<RawMessage | undefined> {
  if (request.since === undefined) return undefined;
  const sinceSeconds = Math.floor(request.since / 1000);
  const query = { chat: request.chat, sinceSeconds, most: MOST_LOOKED_AT, fromMe: true };
  const found = await callPage(client.pupPage, chatMessages, query, messagesSchema);
  const own = found.map(readRaw).filter((raw) => raw !== undefined);
  const isSame = sameAs(request);
  const copies = own.filter((raw) => (raw.ack ?? 0) >= 0 && !reported.has(raw.id.serialized) && isSame(raw));
  return copies.find(({ ack }) => (ack ?? 0) >= 1) ?? copies[0];
}

function sameAs(request: SendRequest): (raw: RawMessage) => boolean {
  if (request.type === 'send-text') return ({ type, body }) => type === 'chat' && body === request.text;
  const bytes = Buffer.from(request.data, 'base64');
  const hash = createHash('sha256').update(bytes).digest('base64');
  return ({ type, filehash, size }) =>
    (type === 'ptt' || type === 'audio') &&
    (filehash === undefined ? size === bytes.length : filehash === hash);
}

function keyOf(request: SendRequest): string {
  const content = request.type === 'send-text' ? request.text : request.data;
  return createHash('sha256').update(`${request.type} ${request.chat} ${content}`).digest('base64');
}

/**
 * whatsapp-web.js gives nothing back both when there is no such chat and when it failed. Nobody is declared
 * unreachable but by the page's own word: what it throws may be its own fault.
 */
async function whyNot(client: SendClient, chat: string, thrown: unknown): Promise<Outcome> {
  if (thrown === undefined) {
    const isThere = await callPage(client.pupPage, hasChat, chat, foundSchema);
    if (isThere) return { code: 'not-sent' };
  }
  const isPerson = await isKnownPerson(client, chat);
  if (thrown !== undefined) return { code: isPerson === false ? 'no-chat' : 'failed' };
  return { code: isPerson === true ? 'not-sent' : 'no-chat' };
}

/** @returns undefined when the page cannot tell */
function isKnownPerson(client: SendClient, chat: string): Promise<boolean | undefined> {
  return callPage(client.pupPage, isKnown, chat, foundSchema).catch(() => undefined);
}
