import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runOrienta } from '../support/run-orienta.ts';

const ENV = {
  MicrosoftAppId: '11111111-2222-3333-4444-555555555555',
  MicrosoftAppPassword: 'no-es-un-secreto',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: '66666666-7777-8888-9999-000000000000',
  PUBLIC_URL: 'https://orienta.ejemplo.gt',
};
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'orienta-package-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('orienta teams package writes the same package twice, without the secret in it', async () => {
  const first = join(dir, 'a.zip');
  const second = join(dir, 'b.zip');
  const outcome = await runOrienta(['teams', 'package', '--out', first], ENV);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stdout).toContain(first);
  expect((await runOrienta(['teams', 'package', '--out', second], { ...ENV, TZ: 'Asia/Tokyo' })).code).toBe(
    0,
  );
  expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
  const files = unzipSync(readFileSync(first));
  expect(
    Object.values(files)
      .map((bytes) => strFromU8(bytes))
      .join(),
  ).not.toContain('no-es-un-secreto');
  expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))).toMatchObject({
    bots: [{ botId: ENV.MicrosoftAppId }],
  });
});

it('orienta teams package goes into the folder where it is called unless told, under the version asked for', async () => {
  const args = ['teams', 'package', '--app-version', '2.0.1'];
  expect(await runOrienta(args, ENV, dir)).toMatchObject({ code: 0 });
  const files = unzipSync(readFileSync(join(dir, 'orienta-teams.zip')));
  expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))).toMatchObject({
    version: '2.0.1',
  });
});

it('orienta teams package without a configuration says in Spanish what is missing', async () => {
  const outcome = await runOrienta(['teams', 'package', '--out', join(dir, 'a.zip')], {});
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toMatch(/MicrosoftAppId: falta[\s\S]*PUBLIC_URL: falta/);
  expect(() => readFileSync(join(dir, 'a.zip'))).toThrow();
});

it.each([
  [['teams', 'package', '--app-version', 'nueva'], /escriba tres números, como 1\.0\.0/],
  [['teams'], /orienta teams package/],
])('orienta %j is refused with what to write', async (args, expected) => {
  const outcome = await runOrienta(args, ENV, dir);
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toMatch(expected);
});

it('orienta teams package says so when the file cannot be written', async () => {
  const outcome = await runOrienta(['teams', 'package', '--out', join(dir, 'no', 'hay', 'a.zip')], ENV);
  expect(outcome.code).not.toBe(0);
  expect(outcome.stderr).toContain('No se pudo escribir');
});
