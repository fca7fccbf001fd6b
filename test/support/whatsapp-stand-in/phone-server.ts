import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Person } from './people.ts';
import type { WhatsAppStandIn } from './stand-in.ts';

/** The screen of a phone in the browser, to write by hand to whoever answers behind the stand-in. */
export interface PhoneServer {
  readonly address: string;
  close(): Promise<void>;
}

const FILES: Readonly<Record<string, readonly [name: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/phone.css': ['phone.css', 'text/css; charset=utf-8'],
  '/phone.js': ['phone.js', 'text/javascript; charset=utf-8'],
};
const MOST_BYTES = 20_000_000;
/** Any picture does: nobody looks at it. */
const PICTURE = Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]);

type Facts = Readonly<Record<string, unknown>>;
const text = (fact: unknown): string => (typeof fact === 'string' ? fact : '');

/**
 * Serves the phone on a free port of this machine.
 * @param folder where its page lies
 */
export async function servePhone(
  whatsapp: WhatsAppStandIn,
  people: readonly Person[],
  folder: string,
): Promise<PhoneServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  }).listen(0, '127.0.0.1');
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [name, type] = FILES[url.pathname] ?? [];
    if (name !== undefined)
      response.setHeader('content-type', type ?? '').end(readFileSync(join(folder, name)));
    else if (url.pathname === '/events') tellOf(whatsapp, people, response);
    else if (url.pathname === '/file') response.end(fileOf(whatsapp, people, url.searchParams.get('id')));
    else if (url.pathname === '/act' && isJson(request)) {
      const facts = JSON.parse(await bodyOf(request)) as Facts;
      const person = people[Number(facts['person'])];
      if (person !== undefined) await act(whatsapp, person, facts);
      response.writeHead(204).end();
    } else response.writeHead(404).end();
  };
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Another site's page can send no JSON here without being asked first, and nobody answers that. */
const isJson = (request: IncomingMessage): boolean =>
  request.method === 'POST' && request.headers['content-type'] === 'application/json';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array);
    size += bytes.length;
    if (size > MOST_BYTES) throw new Error('too long');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function tellOf(whatsapp: WhatsAppStandIn, people: readonly Person[], response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = (): void => void response.write(`data: ${JSON.stringify(screen(whatsapp, people))}\n\n`);
  tell();
  const stop = whatsapp.watch(tell);
  response.once('close', stop);
}

function screen(whatsapp: WhatsAppStandIn, people: readonly Person[]): unknown {
  return {
    line: whatsapp.line(),
    people: people.map((person) => ({
      name: person.name,
      isTyping: whatsapp.seesTyping(person),
      messages: messagesOf(whatsapp, person).map(({ file, ...message }) => ({
        ...message,
        hasFile: file !== undefined,
      })),
    })),
  };
}

function messagesOf(whatsapp: WhatsAppStandIn, person: Person) {
  const mine = whatsapp.writtenBy(person).map((written) => ({ ...written, ack: 1, isMine: true }));
  const theirs = whatsapp.readOf(person).map((sent) => ({ ...sent, isMine: false }));
  return [...mine, ...theirs].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function fileOf(whatsapp: WhatsAppStandIn, people: readonly Person[], id: string | null): Uint8Array {
  const all = people.flatMap((person) => messagesOf(whatsapp, person));
  return all.find((message) => message.id === id)?.file ?? new Uint8Array();
}

async function act(whatsapp: WhatsAppStandIn, person: Person, facts: Facts): Promise<void> {
  const id = text(facts['id']);
  const acts: Readonly<Record<string, () => unknown>> = {
    write: () => {
      const quoted = text(facts['quoted']);
      return whatsapp.write(person, text(facts['text']), quoted === '' ? {} : { quoted });
    },
    voice: () =>
      whatsapp.write(person, {
        voice: Buffer.from(text(facts['data']), 'base64'),
        seconds: Number(facts['seconds']),
        mime: text(facts['mime']),
      }),
    photo: () => whatsapp.write(person, { image: PICTURE }),
    sticker: () => whatsapp.write(person, { sticker: PICTURE }),
    contact: () => whatsapp.write(person, { contact: 'Alguien' }),
    location: () => whatsapp.write(person, { location: facts['place'] as readonly [number, number] }),
    call: () => whatsapp.call(person),
    edit: () => whatsapp.edit(id, text(facts['text'])),
    delete: () => whatsapp.deleteForEveryone(id),
    react: () => whatsapp.react(person, id, text(facts['emoji'])),
    drop: () => whatsapp.dropConnection(),
    resume: () => whatsapp.resumeConnection(),
    'log-out': () => whatsapp.logOutFromPhone(),
    link: () => whatsapp.scanQr(),
    crash: () => whatsapp.crashPage(),
  };
  await acts[text(facts['what'])]?.();
}
