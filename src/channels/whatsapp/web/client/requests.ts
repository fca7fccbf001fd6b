import type { Client } from 'whatsapp-web.js';
import { assertNever } from '../../../../errors.ts';
import type { ToChild } from '../protocol.ts';
import { withDeadline } from './deadline.ts';
import { download } from './download.ts';
import { callPage } from './page-call.ts';
import { clearChat, clearedSchema, doneSchema, showTyping } from './page-chats.ts';
import type { Outcome, Send } from './send.ts';
import type { SessionState } from './state.ts';
import type { Sweep } from './sweep.ts';

const PAIR_MS = 25_000;

/** What the gateway asks of the session; its end is asked of the process. */
export type Request = Exclude<ToChild, { type: 'stop' }>;

export interface RequestParts {
  readonly client: Client;
  readonly state: SessionState;
  readonly send: Send;
  readonly sweep: (since: number) => Promise<Sweep>;
}

/** Does what the gateway asks. May throw what the library or the page throws. */
export function answerRequest(parts: RequestParts, request: Request): Promise<Outcome> {
  if (request.type === 'pair') return pair(parts, request.phone);
  if (!parts.state.isOnline) return Promise.resolve({ code: 'not-ready' });
  switch (request.type) {
    case 'send-text':
    case 'send-voice':
      return parts.send(request);
    case 'typing':
      return type(parts, request);
    case 'download':
      return download(parts.client, request.id).then((value) => ({ value }));
    case 'clear':
      return clear(parts, request.chat);
    case 'sweep':
      return parts.sweep(request.since).then((value) => ({ value }));
    default:
      return assertNever(request);
  }
}

async function pair({ client, state }: RequestParts, phone: string): Promise<Outcome> {
  if (client.pupPage === undefined || state.isOnline) return { code: 'not-ready' };
  const code = client.requestPairingCode(phone);
  return { value: await withDeadline(code, PAIR_MS, () => new Error('late')) };
}

async function type({ client }: RequestParts, { chat, on }: { chat: string; on: boolean }): Promise<Outcome> {
  // It is a courtesy: a message goes out without it.
  await callPage(client.pupPage, showTyping, { chat, on }, doneSchema).catch(() => undefined);
  return { value: null };
}

async function clear({ client }: RequestParts, chat: string): Promise<Outcome> {
  const cleared = await callPage(client.pupPage, clearChat, chat, clearedSchema);
  return cleared === 'failed' ? { code: 'failed' } : { value: null };
}
