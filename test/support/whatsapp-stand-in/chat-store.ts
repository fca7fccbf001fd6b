import { randomBytes } from 'node:crypto';
import { knownIds, type Person } from './people.ts';
import { serialized, type WireKey, type WireMessage } from './wire.ts';

/** A chat as the server keeps it. */
export interface StoredChat {
  readonly id: string;
  readonly name: string;
  readonly group: boolean;
  readonly person?: Person;
  unread: number;
  messages: WireMessage[];
}

/** Every chat of the account; it outlives the browser. */
export class ChatStore {
  readonly #chats = new Map<string, StoredChat>();

  open(id: string, name: string, person?: Person): StoredChat {
    const known = this.#chats.get(id);
    if (known !== undefined) return known;
    const group = id.endsWith('@g.us');
    const chat: StoredChat = { id, name, group, unread: 0, messages: [], ...(person && { person }) };
    this.#chats.set(id, chat);
    return chat;
  }

  get(id: string): StoredChat | undefined {
    return this.#chats.get(id);
  }

  delete(id: string): void {
    this.#chats.delete(id);
  }

  /** What the page is told of a chat beside its messages. */
  facts(chat: StoredChat): Readonly<Record<string, unknown>> {
    const { id, name, group, unread, messages } = chat;
    const ids = chat.person === undefined ? {} : knownIds(chat.person);
    return { id, name, group, unread, t: messages.at(-1)?.t ?? 0, ...ids };
  }

  /** All chats, as the page gets them at login. */
  all(): readonly Readonly<Record<string, unknown>>[] {
    return [...this.#chats.values()].map((chat) => ({ ...this.facts(chat), messages: chat.messages }));
  }

  find(id: string): { readonly chat: StoredChat; readonly message: WireMessage } | undefined {
    for (const chat of this.#chats.values()) {
      const message = chat.messages.find((candidate) => serialized(candidate.id) === id);
      if (message !== undefined) return { chat, message };
    }
    return undefined;
  }

  /** @returns the message as it is now; undefined when there is none of this id */
  change(id: string, facts: Partial<WireMessage>): WireMessage | undefined {
    const found = this.find(id);
    if (found === undefined) return undefined;
    const changed: WireMessage = { ...found.message, ...facts };
    found.chat.messages = found.chat.messages.map((one) => (one === found.message ? changed : one));
    return changed;
  }
}

/** A new id, as phones make them. */
export function newKey(remote: string, facts: Partial<WireKey> = {}): WireKey {
  return { fromMe: false, remote, id: `3A${randomBytes(9).toString('hex').toUpperCase()}`, ...facts };
}
