import { expect, it } from 'vitest';
import { createFileShelf } from '#src/channels/file-shelf.ts';
import { reply, startGateway } from './gateway-harness.ts';

const TOKEN = 'k9VZ0m3sQ0h0sZ1l5uY7b2x8c4d6e1f3g5h7j9k2m4n';

function shelf() {
  let nowMs = Date.parse('2026-11-22T12:00:00Z');
  const files = createFileShelf({
    baseUrl: () => 'https://orienta.example',
    newToken: () => TOKEN,
    now: () => new Date(nowMs),
  });
  files.offer({
    name: 'orienta-niñez.xlsx',
    type: 'application/vnd.test',
    content: new Uint8Array([80, 75, 3, 4]),
  });
  return { files, pass: (minutes: number) => (nowMs += minutes * 60_000) };
}

it('a file is downloaded by its address, kept by nobody on the way, and its address logged nowhere', async () => {
  const { files } = shelf();
  const { get, logged } = await startGateway({ files });
  const response = await get(`/descargas/${TOKEN}`);
  expect(response.status).toBe(200);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([80, 75, 3, 4]));
  expect(response.headers.get('content-type')).toContain('application/vnd.test');
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; .*filename\*=UTF-8''orienta-ni%C3%B1ez\.xlsx/,
  );
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('x-robots-tag')).toContain('noindex');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await get(`/descargas/${TOKEN}`)).status).toBe(200);
  expect(logged()).toContain('/descargas/:token');
  expect(logged()).not.toContain(TOKEN);
});

it('another address, one whose time has passed, and other methods get nothing', async () => {
  const { files, pass } = shelf();
  const { get } = await startGateway({ files });
  expect((await get(`/descargas/${TOKEN.slice(1)}x`)).status).toBe(404);
  expect((await get('/descargas/')).status).toBe(404);
  expect((await get(`/descargas/${TOKEN}`, { method: 'POST' })).status).toBe(405);
  pass(30);
  const response = await get(`/descargas/${TOKEN}`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('ya venció');
});

it('a table is one on the chat page, its words escaped', async () => {
  const { ask } = await startGateway({
    respond: async (_message, knowledge) =>
      reply(knowledge, 'codigo-migracion/6', [
        {
          kind: 'table',
          title: 'Acciones',
          columns: ['Línea', 'Acción'],
          rows: [['Niñez', '<b>Albergar</b>']],
        },
      ]),
  });
  const html = await (await ask({ text: 'hola' }, { Accept: 'text/html' })).text();
  expect(html).toContain('<caption>Acciones</caption>');
  expect(html).toContain('<th scope="col">Línea</th>');
  expect(html).toContain('<td>&lt;b>Albergar&lt;/b></td>');
});
