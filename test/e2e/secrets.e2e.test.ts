import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKED_UP } from '#src/storage/backup-files.ts';
import { openDatabase } from '#src/storage/database.ts';
import { recorded } from '../channels/teams/teams-platform.ts';
import { silentLog } from '../support/databases.ts';
import { freshDataDir } from '../support/fresh-data-dir.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';
import { startTeamsConnector, type TeamsConnector } from '../support/teams-connector.ts';

/** Marked, so that each is found wherever it turns up. None is anybody's. */
const SECRETS = {
  name: 'Zuleyma Marcadística',
  phone: '5519 4763',
  dpi: '2987 45612 0101',
  passport: 'K98765431',
  mail: 'zuleyma.marcada@correo.example',
  token: 'marcado-9f8e7d6c5b4a39281706',
  conversation: 'conversacion-marcada-77120934',
  official: 'marcado-aad-5512-0934',
} as const;
const TEXT = `Soy ${SECRETS.name}, mi teléfono es ${SECRETS.phone}, DPI ${SECRETS.dpi}, pasaporte ${SECRETS.passport}, correo ${SECRETS.mail}. ¿Puedo trabajar en Guatemala si soy extranjera?`;
/** Also without the spaces that people put in numbers. */
const MARKS = [...new Set(Object.values(SECRETS).flatMap((secret) => [secret, secret.replaceAll(' ', '')]))];
const foundIn = (text: string) => MARKS.filter((mark) => text.includes(mark));

let dataDir: string;
let connector: TeamsConnector;
let orienta: RunningOrienta;
/** What callers who did something wrong were told. */
const refusals: string[] = [];
const sessions: string[] = [];

beforeAll(async () => {
  dataDir = await freshDataDir('secrets');
  connector = await startTeamsConnector();
  orienta = await startOrienta({ DATA_DIR: dataDir, LOG_LEVEL: 'debug' });
}, 120_000);
afterAll(async () => {
  await orienta?.stop();
  await connector?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const JSON_BODY = { 'Content-Type': 'application/json' };
const post = (path: string, body: string, headers: Readonly<Record<string, string>> = JSON_BODY) =>
  fetch(`${orienta.address}${path}`, { method: 'POST', headers, body });
const activity = (over: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify(
    recorded('personal-message', {
      text: TEXT,
      id: crypto.randomUUID(),
      serviceUrl: connector.serviceUrl,
      from: { id: SECRETS.official, name: SECRETS.name, aadObjectId: SECRETS.official },
      conversation: { conversationType: 'personal', tenantId: 'x', id: SECRETS.conversation },
      ...over,
    }),
  );
async function refused(response: Promise<Response>, ...statuses: readonly number[]): Promise<void> {
  const got = await response;
  expect(statuses).toContain(got.status);
  refusals.push(`${JSON.stringify([...got.headers])} ${await got.text()}`);
}
const logged = (message: string) => orienta.log().split(`"msg":"${message}"`).length - 1;

describe('marked secrets fed through whole turns', () => {
  it('are taken in over web and Teams, and answered', async () => {
    const token = {
      ...JSON_BODY,
      Authorization: `Bearer ${SECRETS.token}`,
      Cookie: `sesion=${SECRETS.token}`,
    };
    const web = await post('/api/chat', JSON.stringify({ text: TEXT }), token);
    expect(web.status).toBe(200);
    const body: unknown = await web.json();
    if (typeof body === 'object' && body !== null && 'session' in body) sessions.push(String(body.session));
    expect((await post('/api/messages', activity(), token)).status).toBe(200);
    const messages = () => connector.messagesTo(SECRETS.conversation);
    await expect.poll(messages, { timeout: 15_000 }).toHaveLength(1);
    const form = new URLSearchParams({ text: TEXT }).toString();
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await post('/', form, type)).status).toBe(200);
    expect(sessions).toHaveLength(1);
  });

  it('are taken in though the platform refuses the reply and quotes it', async () => {
    connector.refuseWith({ status: 403, body: JSON.stringify({ error: { code: 'X', message: TEXT } }) });
    expect((await post('/api/messages', activity())).status).toBe(200);
    await expect.poll(() => logged('delivery failed'), { timeout: 15_000 }).toBe(1);
    connector.refuseWith({ status: 400, body: JSON.stringify({ error: { code: 'X', message: TEXT } }) });
    expect((await post('/api/messages', activity())).status).toBe(200);
    await expect.poll(() => logged('delivery failed'), { timeout: 15_000 }).toBe(2);
  });

  it('are refused in broken, oversize and misplaced requests', async () => {
    const long = TEXT.repeat(2_000);
    await refused(post('/api/chat', `{"text":"${TEXT}`), 400);
    await refused(post('/api/chat', JSON.stringify({ text: TEXT.repeat(20) })), 400);
    await refused(post('/api/chat', JSON.stringify({ text: long })), 413);
    await refused(post('/api/chat', TEXT, { 'Content-Type': 'text/plain' }), 415);
    await refused(post('/api/messages', `{"text":"${TEXT}`), 400);
    await refused(post('/api/messages', JSON.stringify({ text: TEXT })), 400);
    await refused(post('/api/messages', activity({ text: long })), 413);
    await refused(post('/api/messages', activity({ serviceUrl: 'https://ajeno.example/' })), 401, 403);
    const forwarded = { ...JSON_BODY, 'X-Forwarded-For': SECRETS.phone.replaceAll(' ', '') };
    await refused(post('/api/messages', activity(), forwarded), 401, 403);
    const query = new URLSearchParams({ nombre: SECRETS.name, correo: SECRETS.mail }).toString();
    await refused(fetch(`${orienta.address}/no-existe/${SECRETS.passport}?${query}`), 404);
    await refused(fetch(`${orienta.adminAddress}/consola/${SECRETS.passport}?${query}`), 404);
  });

  it('are in none of the error replies', () => {
    expect(refusals).toHaveLength(11);
    expect(refusals.flatMap(foundIn)).toEqual([]);
  });

  it('are not in the metrics', async () => {
    const text = await (await fetch(`${orienta.adminAddress}/metrics`)).text();
    const turns = text.split('\n').filter((line) => line.startsWith('orienta_turns_total'));
    expect(turns).toEqual([
      expect.stringMatching(/\{channel="web",kind="\w+"\} 2$/),
      expect.stringMatching(/\{channel="teams",kind="\w+"\} 3$/),
    ]);
    expect(foundIn(text)).toEqual([]);
  });

  it('are not in the log, and neither are sessions', async () => {
    expect(await orienta.stop()).toBe(0);
    expect(logged('turn closed')).toBe(5);
    expect(foundIn(orienta.log())).toEqual([]);
    expect(sessions.filter((session) => orienta.log().includes(session))).toEqual([]);
    expect(orienta.log()).not.toContain(connector.serviceUrl);
  });

  it('are in no file under the data folder', () => {
    const files = filesUnder(dataDir);
    const found = files.flatMap((file) =>
      foundIn(readFileSync(file, 'latin1')).map((mark) => `${file} ${mark}`),
    );
    // The accented mark as its bytes stand in a file.
    const name = Buffer.from(SECRETS.name, 'utf8');
    const named = files.filter((file) => readFileSync(file).includes(name));
    expect(files.length).toBeGreaterThan(100);
    expect([...found, ...named]).toEqual([]);
  });

  it('are in no table, though every turn is there', async () => {
    const database = await openDatabase({ dataDir, log: silentLog });
    let dump = '';
    let turns = 0;
    for (const table of BACKED_UP) {
      const text = `select row_to_json(t)::text as line from ${table} t`;
      const { rows } = await database.sql.executeQuery<{ line: string }>(CompiledQuery.raw(text));
      if (table === 'turns') turns = rows.length;
      dump += rows.map(({ line }) => line).join('\n');
    }
    await database.close();
    expect(turns).toBe(5);
    expect(dump).toContain('v1.desarrollo.');
    expect(foundIn(dump)).toEqual([]);
    expect(sessions.filter((session) => dump.includes(session))).toEqual([]);
  });
});

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
