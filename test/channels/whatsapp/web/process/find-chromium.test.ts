import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArgs } from '#src/channels/whatsapp/web/process/chromium-args.ts';
import { findChromium, SYSTEM_PATHS } from '#src/channels/whatsapp/web/process/find-chromium.ts';
import { SYSTEM_PATHS as TESTED_PATHS } from '../../../../support/chromium.ts';

let cache: string;

beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'orienta-cache-'));
  for (const version of ['linux-99.0.1', 'linux-131.0.2']) {
    const folder = join(cache, 'chrome', version, 'chrome-linux64');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'chrome'), '');
    chmodSync(join(folder, 'chrome'), 0o755);
  }
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

describe('findChromium', () => {
  it('takes the one that is chosen, and nothing else when that is none', () => {
    expect(findChromium(process.execPath, cache, [])).toBe(process.execPath);
    for (const none of ['/nowhere/chrome', cache]) {
      expect(() => findChromium(none, cache, [process.execPath])).toThrow(
        `CHROME_PATH no lleva a un programa: ${none}`,
      );
    }
  });

  it("takes the newest of puppeteer's before the system's", () => {
    expect(findChromium(undefined, cache, [process.execPath])).toContain('linux-131.0.2');
    expect(findChromium(undefined, '/nowhere', ['/nowhere/chrome', process.execPath])).toBe(process.execPath);
  });

  it('says how to get one', () => {
    expect(() => findChromium(undefined, '/nowhere', [])).toThrow(
      'No hay Chromium en esta máquina. Instálelo (apt-get install chromium) o ponga su ruta en CHROME_PATH.',
    );
  });

  it('looks where the tests look', () => {
    expect(SYSTEM_PATHS).toEqual(TESTED_PATHS);
  });
});

describe('chromiumArgs', () => {
  it("puts the operator's options last, and gives up the sandbox for root alone", () => {
    const args = chromiumArgs('  --proxy-server=10.0.0.1:3128   --lang=es ', false);
    expect(args.slice(-2)).toEqual(['--proxy-server=10.0.0.1:3128', '--lang=es']);
    expect(args).not.toContain('--no-sandbox');
    expect(chromiumArgs(undefined, true)).toContain('--no-sandbox');
  });
});
