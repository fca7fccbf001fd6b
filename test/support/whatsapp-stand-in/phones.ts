import { randomUUID } from 'node:crypto';
import { inform, quote, receive, rewrite } from './arrivals.ts';
import { newKey, type StoredChat } from './chat-store.ts';
import { type Content, carry } from './content.ts';
import { lidPerson, type Person, phonePerson } from './people.ts';
import { ACCOUNT, type Sent, type Written } from './records.ts';
import type { Server } from './server.ts';
import { serialized, type WireMessage } from './wire.ts';

/** The phones of everybody else. Each act resolves to the id of what it made. */
export interface Phones {
  /** Somebody who writes under their phone. */
  phonePerson(number: string, name?: string): Person;
  /** Somebody who writes under a privacy id; without a number, their phone is told to nobody. */
  lidPerson(digits: string, number?: string, name?: string): Person;
  /** @param options `quoted`: id of the message that it answers; `at`: when it was written */
  write(person: Person, content: Content, options?: WriteOptions): Promise<string>;
  edit(id: string, text: string): Promise<void>;
  deleteForEveryone(id: string): Promise<void>;
  /** Heard only while the line is open. */
  react(person: Person, to: string, emoji: string): Promise<string>;
  /** Rings, and leaves a missed call in the chat. */
  call(person: Person): Promise<string>;
  /** Arrives unreadable; {@link decipher} makes it readable. */
  writeUnreadable(person: Person): Promise<string>;
  decipher(id: string, text: string): Promise<void>;
  writeToGroup(person: Person, text: string): Promise<string>;
  postStatus(person: Person, text: string): Promise<string>;
  publish(text: string): Promise<string>;
  /** What the account's owner types on the phone itself. */
  writeFromOwnPhone(person: Person, text: string): Promise<string>;
  /** Opens the chat: blue ticks. */
  read(person: Person): void;
  /** What the person was sent, oldest first. */
  readOf(person: Person): readonly Sent[];
  /** What anybody was sent, oldest first. */
  everySent(): readonly Sent[];
  /** What the person has written, oldest first. */
  writtenBy(person: Person): readonly Written[];
  /** Waits until the person was sent that many messages. @returns all of them */
  answersTo(person: Person, count?: number, timeoutMs?: number): Promise<readonly Sent[]>;
  /** What the person sees beside the name: `typing`, `recording`, `paused`, in order. */
  typingTo(person: Person): readonly string[];
  /** Whether the person sees that an answer is being written: it ends with a message, and after 25 seconds. */
  seesTyping(person: Person): boolean;
  /** Chats whose messages were deleted on the account's side, in order. */
  clearedChats(): readonly string[];
  /** Chats that the account has marked as read, in order. */
  seenChats(): readonly string[];
  /** What is left of a chat on the account's side. */
  messagesIn(person: Person): readonly WireMessage[];
  /** Calls back whenever something has changed. @returns a function that stops it */
  watch(changed: () => void): () => void;
}

interface WriteOptions {
  readonly quoted?: string;
  readonly at?: Date;
}

const GROUP = '120363000000000001@g.us';
const NEWSLETTER = '120363000000000009@newsletter';
const ANSWER_MS = 20_000;
const TYPING_MS = 25_000;
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

export function phonesOf(server: Server): Phones {
  const meet = (person: Person): Person => {
    for (const id of [person.chat, person.phone, person.lid])
      if (id !== undefined) server.people.set(id, person);
    return person;
  };
  const chatWith = (person: Person): StoredChat => server.chats.open(person.chat, person.name, person);
  const arrive = (chat: StoredChat, facts: Partial<WireMessage> & { readonly type: string }) =>
    receive(server, chat, { key: newKey(chat.id), facts });
  const readOf = (person: Person): readonly Sent[] =>
    server.sent.filter((sent) => [person.chat, person.phone, person.lid].includes(sent.chat));
  return {
    phonePerson: (number, name) => meet(phonePerson(number, name)),
    lidPerson: (digits, number, name) => meet(lidPerson(digits, number, name)),
    write: (person, content, { quoted, at } = {}) => {
      const { attributes, file } = carry(content);
      const stored = file === undefined ? {} : { directPath: server.keep(file.bytes, file.download) };
      const time = at === undefined ? {} : { t: seconds(at) };
      return arrive(chatWith(person), { ...attributes, ...stored, ...time, ...quote(server, quoted) });
    },
    edit: async (id, body) => {
      server.chats.change(id, { body });
      rewrite(server, id, body);
      await inform(server, { type: 'edit', id, body, at: Date.now() });
    },
    deleteForEveryone: async (id) => {
      const found = server.chats.find(id);
      if (found === undefined) throw new Error(`there is no message ${id}`);
      const key = newKey(found.chat.id);
      server.chats.change(id, { id: key, type: 'revoked', body: '', protocolMessageKey: found.message.id });
      rewrite(server, id, '');
      await inform(server, { type: 'revoke', id, key });
    },
    react: async (person, to, emoji) => {
      const id = newKey(person.chat);
      await server.tell({ type: 'react', id, to, from: person.chat, emoji, at: Date.now() });
      return serialized(id);
    },
    call: async (person) => {
      await server.tell({ type: 'call', id: randomUUID(), from: person.chat });
      return arrive(chatWith(person), { type: 'call_log' });
    },
    writeUnreadable: (person) => arrive(chatWith(person), { type: 'ciphertext' }),
    decipher: async (id, body) => {
      server.chats.change(id, { type: 'chat', body });
      await inform(server, { type: 'update', id, facts: { type: 'chat', body } });
    },
    writeToGroup: (person, body) => {
      const key = newKey(GROUP, { participant: person.chat });
      const facts = { type: 'chat', body, author: person.chat };
      return receive(server, server.chats.open(GROUP, 'Grupo de prueba'), { key, facts });
    },
    postStatus: (person, body) => {
      const chat = { id: 'status@broadcast', name: '', group: false, unread: 0, messages: [] };
      const key = newKey(chat.id, { participant: person.chat });
      return receive(server, chat, { key, facts: { type: 'chat', body, author: person.chat } });
    },
    publish: (body) => arrive(server.chats.open(NEWSLETTER, 'Boletín'), { type: 'chat', body }),
    writeFromOwnPhone: (person, body) => {
      const key = newKey(person.chat, { fromMe: true });
      const facts = { type: 'chat', body, from: ACCOUNT.phone, to: person.chat, ack: 1 };
      return receive(server, chatWith(person), { key, facts });
    },
    read: (person) => {
      for (const sent of readOf(person)) server.acknowledge(sent, 3);
    },
    readOf,
    everySent: () => [...server.sent],
    writtenBy: (person) => server.written.filter(({ chat }) => chat === person.chat),
    answersTo: (person, count = 1, timeoutMs = ANSWER_MS) =>
      server.until(
        `${count} messages to ${person.name}`,
        () => (readOf(person).length >= count ? readOf(person) : undefined),
        timeoutMs,
      ),
    typingTo: (person) => server.typing.filter(({ chat }) => chat === person.chat).map(({ state }) => state),
    seesTyping: (person) => {
      const last = server.typing.filter(({ chat }) => chat === person.chat).at(-1);
      const since = Math.max(Date.now() - TYPING_MS, readOf(person).at(-1)?.at.getTime() ?? 0);
      return last?.state === 'typing' && last.at.getTime() > since;
    },
    clearedChats: () => [...server.cleared],
    seenChats: () => [...server.seen],
    messagesIn: (person) => server.chats.get(person.chat)?.messages ?? [],
    watch: (changed) => server.watch(changed),
  };
}
