import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { ChatStore } from './chat-store.ts';
import { type StoredFile, stageOf } from './content.ts';
import { LinkedDevices } from './linked-devices.ts';
import { knownIds, type Person } from './people.ts';
import { ACCOUNT, type Line, type Sent, type Sync, type Written } from './records.ts';
import { type PageEvent, type PageRequest, serialized, type WireMessage } from './wire.ts';

const DEVICE_ACK_MS = 20;
const text = (fact: unknown): string => (typeof fact === 'string' ? fact : '');

/** WhatsApp's servers, as far as one account sees them. It outlives the browser. */
export class Server {
  readonly chats = new ChatStore();
  readonly devices = new LinkedDevices();
  readonly people = new Map<string, Person>();
  readonly files = new Map<string, StoredFile>();
  readonly sent: Sent[] = [];
  readonly written: Written[] = [];
  readonly typing: { readonly chat: string; readonly state: string; readonly at: Date }[] = [];
  readonly cleared: string[] = [];
  readonly seen: string[] = [];
  readonly reactions: { readonly to: string; readonly emoji: string }[] = [];
  readonly hidden = new Set<string>();
  /** People whom the page cannot write to, as happens when a privacy id is not known yet. */
  readonly lost = new Set<string>();
  /** Messages that the page has asked to be sent again because it could not read them. */
  readonly resends = new Set<string>();
  sync: Sync = 'after';
  line: Line = 'away';
  /** What waits for the line. */
  waiting: PageEvent[] = [];
  tell: (event: PageEvent) => Promise<void> = async () => undefined;
  /** Messages of whose way the page hears nothing before it is loaded anew. */
  readonly #deafTo = new Set<string>();
  readonly #watchers = new Set<() => void>();

  readonly #answers: Readonly<Record<string, (request: PageRequest) => unknown>> = {
    hello: ({ device }) => this.#hello(device),
    ref: () => ({ ref: this.devices.renewRef() }),
    'pairing-code': () => ({ code: this.devices.newCode() }),
    resume: () => this.#resume(),
    exists: ({ id }) => this.#exists(text(id)),
    send: ({ message, deaf }) => this.#send(message as WireMessage, deaf === true),
    upload: ({ data }) => ({ directPath: this.keep(Buffer.from(text(data), 'base64')) }),
    'media-stage': ({ directPath }) => this.#stage(text(directPath)),
    download: ({ directPath }) => this.#download(text(directPath)),
    typing: ({ chat, state }) =>
      void this.typing.push({ chat: text(chat), state: text(state), at: new Date() }),
    seen: ({ chat }) => this.#markSeen(text(chat)),
    clear: ({ chat }) => this.#clear(text(chat)),
    'delete-chat': ({ chat }) => this.chats.delete(text(chat)),
    react: ({ to, emoji }) => void this.reactions.push({ to: text(to), emoji: text(emoji) }),
    resend: ({ ids }) => this.#resend(ids),
    'log-out': () => this.devices.unlinkAll(),
  };

  /** Answers the page. What it does not know needs no answer. */
  async handle(request: PageRequest): Promise<unknown> {
    const answer = await this.#answers[request.type]?.(request);
    this.changed();
    return answer;
  }

  gone(): void {
    this.line = 'away';
    this.waiting = [];
    this.changed();
  }

  /** Has the server changed so that this holds? Waits for it. */
  async until<T>(what: string, look: () => T | undefined, timeoutMs: number): Promise<T> {
    const found = look();
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(watcher);
        reject(new Error(`${what}: not within ${timeoutMs} ms (the line is ${this.line})`));
      }, timeoutMs);
      const watcher = (): void => {
        const now = look();
        if (now === undefined) return;
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        resolve(now);
      };
      this.#watchers.add(watcher);
    });
  }

  /** @returns a function that ends it */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  keep(bytes: Uint8Array, download: StoredFile['download'] = 'works'): string {
    const directPath = `/v/${randomUUID()}`;
    this.files.set(directPath, { bytes, download, asked: 0 });
    return directPath;
  }

  /** Sets how far a message has come, here and on the page. */
  acknowledge(message: Sent, ack: number): void {
    if (message.ack >= ack) return;
    message.ack = ack;
    this.changed();
    this.chats.change(message.id, { ack });
    if (this.#deafTo.has(message.id)) return;
    void this.tell({ type: 'update', id: message.id, facts: { ack } });
  }

  #hello(device: unknown): unknown {
    this.waiting = [];
    if (!this.devices.has(device)) {
      this.line = 'linking';
      return { linked: false, ref: this.devices.ref };
    }
    this.line = 'open';
    const people = [...new Set(this.people.values())];
    return {
      linked: true,
      account: ACCOUNT,
      sync: this.sync,
      chats: this.chats.all(),
      people: people.map(knownIds),
      contacts: people.map(({ chat, name }) => ({ id: chat, pushname: name })),
      hidden: [...this.hidden],
    };
  }

  #resume(): void {
    this.line = 'open';
    for (const event of this.waiting) void this.tell(event);
    this.waiting = [];
  }

  #exists(id: string): unknown {
    const person = this.people.get(id);
    if (person === undefined) return { exists: false, lost: false };
    return { exists: true, lost: this.lost.has(id), name: person.name, ...knownIds(person) };
  }

  /** @param isDeaf the page is not told how far the message comes */
  #send(message: WireMessage, isDeaf: boolean): void {
    const id = serialized(message.id);
    if (this.sent.some((known) => known.id === id)) return;
    if (isDeaf) this.#deafTo.add(id);
    const chat = message.id.remote;
    const person = this.people.get(chat);
    const { directPath, type, caption, body } = message;
    const sent: Sent = {
      id,
      chat,
      type,
      text: directPath === undefined ? text(body) : text(caption),
      file: this.files.get(directPath ?? '')?.bytes,
      ack: 0,
      at: new Date(),
      linkPreview: message['preview'] === true,
    };
    this.sent.push(sent);
    const { isNewMsg: _, local: __, ...kept } = message;
    this.chats.open(chat, person?.name ?? chat, person).messages.push(kept);
    this.acknowledge(sent, 1);
    setTimeout(() => this.acknowledge(sent, 2), DEVICE_ACK_MS).unref();
  }

  #stage(directPath: string): unknown {
    const file = this.files.get(directPath);
    return { stage: file === undefined ? 'RESOLVED' : stageOf(file) };
  }

  #download(directPath: string): unknown {
    const file = this.files.get(directPath);
    if (file === undefined || file.download === 'gone') return {};
    return { data: Buffer.from(file.bytes).toString('base64') };
  }

  #markSeen(id: string): void {
    this.seen.push(id);
    const chat = this.chats.get(id);
    if (chat !== undefined) chat.unread = 0;
  }

  #clear(id: string): void {
    this.cleared.push(id);
    const chat = this.chats.get(id);
    if (chat !== undefined) Object.assign(chat, { messages: [], unread: 0 });
  }

  #resend(ids: unknown): void {
    for (const id of Array.isArray(ids) ? ids : []) this.resends.add(text(id));
  }
}
