import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTranscribe, type TranscriptionOptions } from '#src/channels/whatsapp/transcription.ts';
import { Secret } from '#src/config.ts';
import { createLogBook, type LogBook } from '../teams/log-book.ts';
import { oggFile } from './ogg.ts';

/** What the service was asked, with the multipart body read by the platform's own parser. */
interface Asked {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly form: FormData;
}
type Answer = (response: ServerResponse) => unknown;

const AUDIO = { bytes: oggFile(12), type: 'audio/ogg; codecs=opus' };
const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};

let server: Server;
let url: string;
let asked: Asked[];
let answers: Answer[];
let book: LogBook;

beforeEach(async () => {
  asked = [];
  answers = [];
  book = createLogBook();
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(Buffer.concat(chunks), { headers }).formData();
  asked.push({ path: request.url, authorization: request.headers.authorization, form });
  answers.shift()?.(response);
}

const transcriber = (options: Partial<TranscriptionOptions> = {}) =>
  createTranscribe({ url, log: book.log, key: new Secret('clave-secreta'), ...options });

it('sends the voice note as a file with a name and gives back its words', async () => {
  answers = [json({ text: ' ¿Cuánto cuesta el pasaporte? ' })];
  expect(await transcriber()(AUDIO)).toBe('¿Cuánto cuesta el pasaporte?');
  expect(asked).toHaveLength(1);
  const [{ path, authorization, form } = { path: '', authorization: '', form: new FormData() }] = asked;
  expect(path).toBe('/v1/audio/transcriptions');
  expect(authorization).toBe('Bearer clave-secreta');
  const file = form.get('file') as File;
  expect(file).toMatchObject({ name: 'voz.ogg', type: 'audio/ogg' });
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(AUDIO.bytes));
  form.delete('file');
  expect(Object.fromEntries(form)).toEqual({ model: 'whisper-1', language: 'es', response_format: 'json' });
  expect(book.text()).toBe('');
});

it('goes by its options, and needs no key', async () => {
  answers = [json({ text: 'bonjou' })];
  await transcriber({ url: `${url}/`, key: undefined, model: 'grande', language: 'fr' })(AUDIO);
  expect(asked[0]).toMatchObject({ path: '/v1/audio/transcriptions', authorization: undefined });
  expect(asked[0]?.form.get('model')).toBe('grande');
  expect(asked[0]?.form.get('language')).toBe('fr');
});

it.each([429, 500, 503])('asks once more after a %d, when it is told to', async (status) => {
  answers = [json({}, status, { 'retry-after': '0' }), json({ text: 'hola' })];
  expect(await transcriber()(AUDIO)).toBe('hola');
  expect(asked).toHaveLength(2);
  expect(asked.map(({ form }) => form.get('file'))).toMatchObject([
    { size: AUDIO.bytes.byteLength },
    { size: AUDIO.bytes.byteLength },
  ]);
});

it('waits as long as Retry-After says', async () => {
  answers = [json({}, 429, { 'retry-after': '1' }), json({ text: 'hola' })];
  const started = Date.now();
  expect(await transcriber()(AUDIO)).toBe('hola');
  expect(Date.now() - started).toBeGreaterThanOrEqual(990);
});

it('reads a Retry-After that is a date', async () => {
  answers = [json({}, 503, { 'retry-after': new Date(0).toUTCString() }), json({ text: 'hola' })];
  expect(await transcriber()(AUDIO)).toBe('hola');
});

it('gives up after the second refusal, and on a wait that nobody would wait for', async () => {
  answers = [json({}, 503, { 'retry-after': '0' }), json({}, 503, { 'retry-after': '0' })];
  expect(await transcriber()(AUDIO)).toBeUndefined();
  expect(asked).toHaveLength(2);
  answers = [json({}, 429, { 'retry-after': '3600' })];
  expect(await transcriber()(AUDIO)).toBeUndefined();
  expect(asked).toHaveLength(3);
  expect(book.lines().map(({ status }) => status)).toEqual([503, 429]);
});

it.each([400, 401, 404, 413])('does not repeat what was refused with %d', async (status) => {
  answers = [json({ error: { message: 'clave-secreta' } }, status)];
  expect(await transcriber()(AUDIO)).toBeUndefined();
  expect(asked).toHaveLength(1);
  expect(book.lines()).toMatchObject([{ status }]);
  expect(book.text()).not.toContain('clave-secreta');
});

it.each([
  ['no text', json({ words: 'me llamo Ana' })],
  ['a text that is none', json({ text: 7 })],
  ['no JSON', ((response) => response.end('me llamo Ana')) satisfies Answer],
  ['a text longer than anybody speaks', json({ text: 'Ana '.repeat(1_001) })],
])('understands nothing from %s, and logs none of it', async (_what, answer) => {
  answers = [answer];
  expect(await transcriber()(AUDIO)).toBeUndefined();
  expect(book.lines()).toHaveLength(1);
  expect(book.text()).not.toContain('Ana');
});

it.each([
  '',
  '  ',
  'Subtítulos realizados por la comunidad de Amara.org',
  '¡Gracias por ver el video!',
  '[Música]',
])('hears %j as silence', async (text) => {
  answers = [json({ text })];
  expect(await transcriber()(AUDIO)).toBeUndefined();
});

it('hears words about music and videos as words', async () => {
  answers = [json({ text: 'Gracias por ver mi caso, ¿cuánto cuesta?' })];
  expect(await transcriber()(AUDIO)).toBe('Gracias por ver mi caso, ¿cuánto cuesta?');
});

it('gives up on a service that does not answer in time', async () => {
  answers = [() => sleep(5_000, undefined, { ref: false })];
  expect(await transcriber({ timeoutMs: 100 })(AUDIO)).toBeUndefined();
  expect(book.lines()).toMatchObject([{ error: 'TimeoutError' }]);
});

it('gives up on a service that begins its answer and does not end it', async () => {
  answers = [(response) => response.writeHead(200).write('{"text": "ho')];
  expect(await transcriber({ timeoutMs: 100 })(AUDIO)).toBeUndefined();
});

it('takes a voice to no other service than the one named', async () => {
  answers = [
    (response) => response.writeHead(307, { location: `${url}/elsewhere` }).end(),
    json({ text: 'hola' }),
  ];
  expect(await transcriber()(AUDIO)).toBeUndefined();
  expect(asked).toHaveLength(1);
});

it('understands nothing while no service is there', async () => {
  expect(await transcriber({ url: 'http://127.0.0.1:9' })(AUDIO)).toBeUndefined();
  expect(book.lines()).toHaveLength(1);
});
