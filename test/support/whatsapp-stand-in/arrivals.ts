import type { StoredChat } from './chat-store.ts';
import { ACCOUNT } from './records.ts';
import type { Server } from './server.ts';
import { type PageEvent, serialized, type WireKey, type WireMessage } from './wire.ts';

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** A message comes in: it is kept, and told as new only to a page that is there. */
export async function receive(
  server: Server,
  chat: StoredChat,
  { key, facts }: { readonly key: WireKey; readonly facts: Partial<WireMessage> & { readonly type: string } },
): Promise<string> {
  const to = chat.id.endsWith('@lid') ? ACCOUNT.lid : ACCOUNT.phone;
  const message: WireMessage = { t: seconds(new Date()), from: chat.id, to, ...facts, id: key };
  const told = { ...server.chats.facts(chat), unread: chat.unread };
  chat.messages.push(message);
  if (!key.fromMe) {
    chat.unread += 1;
    keepWritten(server, message);
  }
  await inform(server, { type: 'message', message, chat: told });
  server.changed();
  return serialized(key);
}

function keepWritten(server: Server, message: WireMessage): void {
  const { id, type, body, caption, directPath } = message;
  server.written.push({
    id: serialized(id),
    chat: id.remote,
    type,
    text: caption ?? body ?? '',
    file: server.files.get(directPath ?? '')?.bytes,
    at: new Date(),
  });
}

/** The person's own phone shows other words from now on. */
export function rewrite(server: Server, id: string, text: string): void {
  const written = server.written.find((known) => known.id === id);
  if (written !== undefined) written.text = text;
}

/** Told now, told when the line is back, or found at the next start. */
export async function inform(server: Server, event: PageEvent): Promise<void> {
  if (server.line === 'dropped') {
    server.waiting.push(event);
    return;
  }
  if (server.line !== 'open') return;
  const { message } = event;
  const isMessage = typeof message === 'object';
  await server.tell(isMessage ? { ...event, message: { ...message, isNewMsg: true } } : event);
}

/** What of an answered message travels along with the answer. */
export function quote(server: Server, quoted: string | undefined): Partial<WireMessage> {
  if (quoted === undefined) return {};
  const found = server.chats.find(quoted);
  if (found === undefined) throw new Error(`there is no message ${quoted}`);
  const { type, body, id, from } = found.message;
  return {
    quotedMsg: { type, ...(body === undefined ? {} : { body }) },
    quotedStanzaID: id.id,
    quotedParticipant: from,
  };
}
