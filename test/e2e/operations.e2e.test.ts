import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { recorded } from '../channels/teams/teams-platform.ts';
import { freshDataDir } from '../support/fresh-data-dir.ts';
import { runOrienta } from '../support/run-orienta.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';
import { startTeamsConnector, type TeamsConnector } from '../support/teams-connector.ts';

const QUESTION = '¿Puedo trabajar en Guatemala si soy extranjero?';
const letterSchema = z.strictObject({
  id: z.uuid(),
  case: z.string().length(8),
  kind: z.enum(['message', 'delivery']),
  channel: z.string(),
  failures: z.number(),
  reason: z.string(),
  since: z.iso.datetime(),
  canResend: z.boolean(),
});
const lineSchema = z.looseObject({ msg: z.string(), turn: z.string().optional() });

let dataDir: string;
let backups: string;
let connector: TeamsConnector;
let orienta: RunningOrienta;

beforeAll(async () => {
  dataDir = await freshDataDir('operations');
  backups = mkdtempSync(join(tmpdir(), 'orienta-backups-'));
  connector = await startTeamsConnector();
  orienta = await startOrienta({ DATA_DIR: dataDir, LOG_LEVEL: 'debug' });
}, 120_000);
afterAll(async () => {
  await orienta?.stop();
  await connector?.close();
  for (const folder of [dataDir, backups]) rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runOrienta(args, { DATA_DIR: dataDir });
const askWeb = (text: string) =>
  fetch(`${orienta.address}/api/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
const askTeams = (text: string) =>
  fetch(`${orienta.address}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(
      recorded('personal-message', { text, id: crypto.randomUUID(), serviceUrl: connector.serviceUrl }),
    ),
  });
const metrics = async () => (await fetch(`${orienta.adminAddress}/metrics`)).text();
const logLines = () =>
  orienta
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => lineSchema.parse(JSON.parse(line)));
const letters = async () => {
  const { stdout } = await run('dead-letters', 'list', '--json');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => letterSchema.parse(JSON.parse(line)));
};
async function failDelivery(text: string): Promise<z.output<typeof letterSchema>> {
  connector.refuseWith({ status: 403 });
  expect((await askTeams(text)).status).toBe(200);
  const [letter] = await vi.waitFor(
    async () => {
      const found = await letters();
      expect(found).not.toEqual([]);
      return found;
    },
    { timeout: 15_000, interval: 200 },
  );
  connector.refuseWith(undefined);
  if (letter === undefined) throw new Error('no dead letter');
  return letter;
}

describe('what operators see of the running process', { timeout: 60_000 }, () => {
  it('metrics move with a question and hold none of its words', async () => {
    const before = await metrics();
    expect(before).not.toContain('orienta_turns_total{channel="web",kind="answer"}');
    expect((await askWeb(QUESTION)).status).toBe(200);
    const moved = [
      'orienta_turns_total{channel="web",kind="answer"} 1',
      'orienta_deliveries_total{channel="web",outcome="delivered"} 1',
      'orienta_turn_seconds_count{channel="web"} 1',
      'orienta_delivery_seconds_count{channel="web"} 1',
      'orienta_inbox_open 0',
      'orienta_outbox_open 0',
      'orienta_dead_letters 0',
    ];
    // The answer is out before its delivery is noted.
    await expect
      .poll(async () =>
        (await metrics())
          .split('\n')
          .filter((line) => moved.includes(line))
          .sort(),
      )
      .toEqual(moved.toSorted());
    const after = await metrics();
    expect(after).toMatch(/^orienta_index_info\{version="[0-9a-f]+",.*model="/m);
    expect(after).toMatch(/^orienta_index_units [1-9]/m);
    expect(after).toMatch(/^orienta_stage_seconds_count\{stage="retrieve"\} [1-9]/m);
    const labels = [...after.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value);
    expect(labels.filter((value) => /trabajar|extranjero|web:|[0-9a-f]{8}-[0-9a-f]{4}/.test(value))).toEqual(
      [],
    );
  });

  it('one id leads through every log line of a turn, from the request to the delivery', async () => {
    await askWeb(QUESTION);
    const closed = logLines().findLast(({ msg }) => msg === 'turn closed');
    await expect
      .poll(() =>
        logLines()
          .filter(({ turn }) => turn !== undefined && turn === closed?.turn)
          .map(({ msg }) => msg)
          .sort(),
      )
      .toEqual(['delivered', 'message taken', 'request', 'turn closed']);
    expect(orienta.log()).not.toMatch(/extranjero/);
  });

  it('metrics and console are not reachable through the public port', async () => {
    for (const path of ['/metrics', '/consola/canales']) {
      expect((await fetch(`${orienta.address}${path}`)).status).toBe(404);
    }
    const page = await (await fetch(`${orienta.adminAddress}/consola/canales`)).text();
    expect(page).toContain('Chat web');
  });

  it('readyz tells that the key lies beside the data', async () => {
    const body: unknown = await (await fetch(`${orienta.address}/readyz`)).json();
    expect(body).toMatchObject({ checks: { keys: 'development', database: 'ok' } });
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o600);
  });

  it('a taken ADMIN_PORT ends a start with one sentence and nothing left locked', async () => {
    const other = await freshDataDir('taken');
    const port = new URL(orienta.adminAddress).port;
    await expect(startOrienta({ DATA_DIR: other, ADMIN_PORT: port })).rejects.toThrow(
      /El puerto \d+ de 127.0.0.1 ya está en uso.*ADMIN_PORT/,
    );
    expect(readdirSync(join(other, 'lock'))).toEqual([]);
    rmSync(other, { recursive: true });
  });

  it('a console open to others without a token is a fault of the configuration', async () => {
    await expect(startOrienta({ DATA_DIR: dataDir, ADMIN_HOST: '0.0.0.0' })).rejects.toThrow(
      'OPERATOR_TOKEN',
    );
  });
});

describe('commands on the store of a running process', { timeout: 60_000 }, () => {
  it('list what could not be delivered, and resend it', async () => {
    expect((await run('dead-letters', 'list')).stdout).toBe('No hay mensajes fallidos.\n');
    const letter = await failDelivery(QUESTION);
    expect(letter).toMatchObject({ kind: 'delivery', channel: 'teams', reason: 'UNREACHABLE_PERSON' });
    const { stdout } = await run('dead-letters', 'list');
    expect(stdout).toMatch(new RegExp(`^${letter.case}\\t.*\\tteams\\tsin entregar\\t`));
    expect(await metrics()).toMatch(/^orienta_dead_letters 1$/m);

    const resent = await run('dead-letters', 'resend', letter.case);
    expect(resent).toMatchObject({ code: 0, stdout: expect.stringContaining('Orienta lo intenta ahora') });
    const messages = () => connector.messagesTo(recorded('personal-message').conversation.id);
    await expect.poll(messages, { timeout: 10_000 }).toHaveLength(1);
    expect(messages()[0]).toContain('Código de Migración');
    expect(await letters()).toEqual([]);
  });

  it('back up and restore while it goes on, and a damaged backup changes nothing', async () => {
    const letter = await failDelivery('¿Qué dice el artículo 46 del Código de Migración?');
    const folder = join(backups, 'en-marcha');
    const made = await run('backup', folder);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/\d+ registros[\s\S]*desarrollo/) });
    await run('dead-letters', 'resend', letter.id);
    expect(await letters()).toEqual([]);

    const inbox = join(folder, 'inbox.jsonl');
    const whole = readFileSync(inbox);
    writeFileSync(inbox, whole.subarray(1));
    const refused = await run('restore', folder);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^El respaldo .* no se puede usar.*No se ha cambiado nada\.\n$/);
    expect(await letters()).toEqual([]);

    writeFileSync(inbox, whole);
    expect(await run('restore', folder)).toMatchObject({ code: 0, stderr: '' });
    expect(await letters()).toMatchObject([{ id: letter.id }]);
    expect((await askWeb(QUESTION)).status).toBe(200);
    await run('dead-letters', 'resend', letter.id);
  });

  it('say what is wrong in one sentence', async () => {
    const unknown = await run('dead-letters', 'resend', 'ffffffff');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toMatch(/^No hay un mensaje fallido con el número «ffffffff»\..*\n$/);
    expect(await run('backup', dataDir)).toMatchObject({ code: 2, stderr: expect.stringContaining('vacía') });
    for (const args of [
      ['dead-letters'],
      ['dead-letters', 'resend'],
      ['backup'],
      ['restore'],
      ['restore', 'a', 'b'],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout, lines: stderr.split('\n').length }, args.join(' ')).toEqual({
        code: 2,
        stdout: '',
        lines: 2,
      });
      expect(stderr).toContain('Escriba: orienta ');
    }
  });
});

describe('commands on the store while nothing runs', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await vi.waitFor(async () => expect(await metrics()).toMatch(/^orienta_outbox_open 0$/m), 10_000);
    expect(await orienta.stop()).toBe(0);
  });

  it('work on the store themselves and leave it free', async () => {
    expect(existsSync(join(dataDir, 'control', 'orienta.sock'))).toBe(false);
    const folder = join(backups, 'detenida');
    expect(await run('backup', folder)).toMatchObject({ code: 0, stderr: '' });
    expect(await run('restore', folder)).toMatchObject({ code: 0, stderr: '' });
    expect(await run('dead-letters', 'list')).toMatchObject({
      code: 0,
      stdout: 'No hay mensajes fallidos.\n',
    });
    expect(readdirSync(join(dataDir, 'lock'))).toEqual([]);
  });

  it('restore puts a backup in the place of a database that cannot be opened, and keeps that aside', async () => {
    const control = join(dataDir, 'db', 'global', 'pg_control');
    writeFileSync(control, Buffer.alloc(statSync(control).size, 7));
    const listed = await run('dead-letters', 'list');
    expect(listed).toMatchObject({ code: 1, stderr: expect.stringContaining('orienta restore') });
    expect((await run('restore', join(backups, 'no-hay'))).code).toBe(1);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('db'))).toEqual(['db']);
    const restored = await run('restore', join(backups, 'detenida'));
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('quedó en') });
    expect(readdirSync(dataDir).filter((name) => name.startsWith('db.'))).toHaveLength(1);
    expect((await run('dead-letters', 'list')).code).toBe(0);
  });
});
