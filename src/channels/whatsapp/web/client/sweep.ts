import type { Inbound } from './inbound.ts';
import { callPage, type ScriptPage } from './page-call.ts';
import { chatIdsSchema, chatMessages, messagesSchema, recentChats } from './page-chats.ts';
import { type RawMessage, readRaw } from './raw.ts';

const MOST_CHATS = 500;
const MOST_MESSAGES = 50;
/** The gateway waits half a minute for an answer. */
const SWEEP_MS = 25_000;
/** whatsapp-web.js gives up deciphering after this long. */
const CIPHER_MS = 15_000;

export interface SweepParts {
  readonly page: () => ScriptPage | undefined;
  readonly inbound: Inbound;
  readonly now: () => number;
}

/** What a sweep saw. */
export interface Sweep {
  readonly chats: number;
  /** Chats that could not be read, or not in time. */
  readonly missed: number;
  readonly messages: number;
}

/**
 * Hands in what came into private chats since then and was not heard, oldest first: whatsapp-web.js tells only of
 * messages that come while it listens.
 * @param since milliseconds since 1970
 * @throws {AppError} `CHANNEL_UNAVAILABLE` when the page does not tell its chats
 */
export async function sweep({ page, inbound, now }: SweepParts, since: number): Promise<Sweep> {
  const started = now();
  const sinceSeconds = Math.floor(since / 1000);
  const ids = await callPage(page(), recentChats, { sinceSeconds, most: MOST_CHATS }, chatIdsSchema);
  const found: RawMessage[] = [];
  let missed = 0;
  for (const chat of ids) {
    const query = { chat, sinceSeconds, most: MOST_MESSAGES, fromMe: false };
    const read = now() - started > SWEEP_MS ? undefined : await readChat(page(), query);
    if (read === undefined) missed += 1;
    else found.push(...read);
  }
  for (const raw of found.toSorted((a, b) => a.t - b.t)) handIn(raw, inbound, now);
  return { chats: ids.length, missed, messages: found.length };
}

async function readChat(
  page: ScriptPage | undefined,
  query: Parameters<typeof chatMessages>[0],
): Promise<readonly RawMessage[] | undefined> {
  const read = await callPage(page, chatMessages, query, messagesSchema).catch(() => undefined);
  return read?.map(readRaw).filter((raw) => raw !== undefined);
}

function handIn(raw: RawMessage, inbound: Inbound, now: () => number): void {
  if (raw.type === 'revoked') inbound.deleted(raw);
  else if (raw.type !== 'ciphertext') inbound.message(raw);
  else if (now() - raw.t * 1000 > CIPHER_MS) inbound.unreadable(raw);
}
