import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { Reply } from '#src/channels/channel.ts';
import { createSpeak, type SpeakParts } from '#src/channels/whatsapp/speech.ts';
import type { SpeechService } from '#src/channels/whatsapp/speech-service.ts';
import { Secret } from '#src/config.ts';
import { createLogBook, type LogBook } from '../teams/log-book.ts';
import { oggFile } from './ogg.ts';

const askedSchema = z.strictObject({
  model: z.string(),
  voice: z.string(),
  input: z.string(),
  response_format: z.string(),
});
/** What the service was asked. */
interface Asked extends z.infer<typeof askedSchema> {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
}
type Answer = (response: ServerResponse) => unknown;

const VOICE = oggFile(12);
const OGG_OPUS = 'audio/ogg; codecs=opus';
const speaks =
  (bytes: Uint8Array = VOICE): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'audio/ogg' }).end(bytes);
const refuses =
  (status: number, headers: Record<string, string> = { 'retry-after': '0' }): Answer =>
  (response) =>
    response.writeHead(status, headers).end('cuesta');

let server: Server;
let service: SpeechService;
let asked: Asked[];
let answers: Answer[];
let book: LogBook;

beforeEach(async () => {
  asked = [];
  answers = [];
  book = createLogBook();
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  service = { url, key: new Secret('clave-secreta') };
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = askedSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
  asked.push({ path: request.url, authorization: request.headers.authorization, ...body });
  answers.shift()?.(response);
}

const recordings = new Map([['refugio@0123456789abcdef', oggFile(30)]]);
const speaker = (parts: Partial<SpeakParts> = {}) =>
  createSpeak({ recordings, speech: service, log: book.log, ...parts });
const reply = (text = 'Cuesta *USD* 25.', more: Partial<Reply> = {}): Reply => ({
  kind: 'answer',
  language: 'es',
  blocks: [{ kind: 'paragraph', text }],
  citations: [],
  spoken: {},
  ...more,
});

it('gives the vetted recording, and asks nobody', async () => {
  const recorded = reply('Pida refugio.', { spoken: { recording: 'refugio@0123456789abcdef' } });
  expect(await speaker()(recorded)).toEqual({ bytes: oggFile(30), type: OGG_OPUS });
  expect(await speaker({ speech: undefined })(recorded)).toBeDefined();
  expect(asked).toEqual([]);
});

it('sends no recording of other words, though it has the same id', async () => {
  const older = reply('Pida refugio.', { spoken: { recording: 'refugio@fedcba9876543210' } });
  expect(await speaker({ speech: undefined })(older)).toBeUndefined();
  answers = [speaks()];
  expect(await speaker()(older)).toEqual({ bytes: VOICE, type: OGG_OPUS });
});

it('asks the service to say the words that are shown, written out for the ear', async () => {
  answers = [speaks()];
  expect(await speaker()(reply())).toEqual({ bytes: VOICE, type: OGG_OPUS });
  expect(asked).toEqual([
    {
      path: '/v1/audio/speech',
      authorization: 'Bearer clave-secreta',
      model: 'tts-1',
      voice: 'alloy',
      input: 'Cuesta veinticinco dólares.',
      response_format: 'opus',
    },
  ]);
  expect(book.text()).toBe('');
});

it('goes by its options, and needs no key', async () => {
  answers = [speaks()];
  const speech = { url: `${service.url}/`, model: 'grande', voice: 'clara' };
  await speaker({ speech })(reply());
  expect(asked[0]).toMatchObject({ path: '/v1/audio/speech', model: 'grande', voice: 'clara' });
  expect(asked[0]?.authorization).toBeUndefined();
});

it('is silent where nobody asked to hear it, and where nothing can speak', async () => {
  const { spoken: _, ...unasked } = reply();
  expect(await speaker()(unasked)).toBeUndefined();
  expect(await speaker({ speech: undefined })(reply())).toBeUndefined();
  expect(asked).toEqual([]);
});

it('asks once for the same words', async () => {
  answers = [speaks()];
  const speak = speaker();
  await speak(reply());
  expect(await speak(reply())).toEqual({ bytes: VOICE, type: OGG_OPUS });
  expect(asked).toHaveLength(1);
});

it('keeps only the last few', async () => {
  answers = Array.from({ length: 40 }, () => speaks());
  const speak = speaker();
  for (let count = 0; count < 20; count += 1) await speak(reply(`Son ${count}.`));
  await speak(reply('Son 19.'));
  expect(asked).toHaveLength(20);
  await speak(reply('Son 0.'));
  expect(asked).toHaveLength(21);
});

it.each([429, 500, 503])('asks once more after a %d', async (status) => {
  answers = [refuses(status), speaks()];
  expect(await speaker()(reply())).toBeDefined();
  expect(asked).toHaveLength(2);
});

it('gives up after the second refusal, and on a wait that nobody would wait for', async () => {
  answers = [refuses(503), refuses(503), refuses(429, { 'retry-after': '60' })];
  expect(await speaker()(reply())).toBeUndefined();
  expect(asked).toHaveLength(2);
  expect(await speaker()(reply())).toBeUndefined();
  expect(asked).toHaveLength(3);
  expect(book.lines().map(({ status }) => status)).toEqual([503, 429]);
});

it.each([400, 401, 404])(
  'does not repeat what was refused with %d, and logs no word of it',
  async (status) => {
    answers = [refuses(status)];
    expect(await speaker()(reply())).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(book.text()).not.toMatch(/clave|[Cc]uesta/);
  },
);

it.each([
  ['another format', Buffer.from('ID3 un mp3')],
  ['nothing', Buffer.alloc(0)],
  ['minutes of it', oggFile(121)],
  ['more than a phone should load', Buffer.concat([oggFile(12), Buffer.alloc(600_000)])],
  ['no end of it', Buffer.alloc(2_100_000)],
])('sends the words where the service gives %s', async (_what, bytes) => {
  answers = [speaks(bytes), speaks()];
  const speak = speaker();
  expect(await speak(reply())).toBeUndefined();
  expect(book.lines()).toHaveLength(1);
  expect(await speak(reply())).toBeDefined();
});

it('gives up on a service that does not answer in time, or is not there', async () => {
  answers = [() => undefined];
  expect(await speaker({ speech: { ...service, timeoutMs: 100 } })(reply())).toBeUndefined();
  expect(await speaker({ speech: { url: 'http://127.0.0.1:9' } })(reply())).toBeUndefined();
  expect(book.lines()).toHaveLength(2);
});

it('takes the words to no other service than the one named', async () => {
  answers = [(response) => response.writeHead(307, { location: `${service.url}/elsewhere` }).end(), speaks()];
  expect(await speaker()(reply())).toBeUndefined();
  expect(asked).toHaveLength(1);
});
