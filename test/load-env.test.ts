import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '#src/load-env.ts';

const folder = mkdtempSync(join(tmpdir(), 'orienta-env-'));
const NAMES = ['ORIENTA_TEST_NEW', 'ORIENTA_TEST_SET'];
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of NAMES) delete process.env[name];
});

describe('the .env file', () => {
  it('adds what is not set and leaves what is', () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'ORIENTA_TEST_NEW=del archivo\n# comentario\nORIENTA_TEST_SET=del archivo\n');
    process.env['ORIENTA_TEST_SET'] = 'de antes';
    loadEnv(file);
    expect(NAMES.map((name) => process.env[name])).toEqual(['del archivo', 'de antes']);
  });

  it('that is not there changes nothing', () => {
    const before = { ...process.env };
    loadEnv(join(folder, 'no-such-file'));
    expect(process.env).toEqual(before);
  });

  it('that cannot be read is a fault that names it', () => {
    const file = join(folder, 'a-folder');
    mkdirSync(file);
    expect(() => loadEnv(file)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(() => loadEnv(file)).toThrow(file);
  });
});
