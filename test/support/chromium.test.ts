import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '#src/paths.ts';
import { findChromium, SYSTEM_PATHS } from './chromium.ts';

const NO_CACHE = '/nonexistent-cache';

describe('findChromium', () => {
  it('looks where .ci/run looks before it installs a browser', () => {
    const script = readFileSync(join(packageRoot, '.ci/run'), 'utf8');
    const places = SYSTEM_PATHS.filter((path) => path.startsWith('/usr/'));
    expect(script.match(/\/usr\/bin\/(?:chrom|google)[\w-]+/g)).toEqual(places);
    for (const word of ['CHROME_PATH', 'PUPPETEER_CACHE_DIR', '.cache/puppeteer', 'chrome-linux64/chrome'])
      expect(script).toContain(word);
  });

  it('CHROME_PATH wins over what the system has', () => {
    expect(findChromium({ CHROME_PATH: process.execPath }, [])).toBe(process.execPath);
  });

  it('a CHROME_PATH that leads nowhere is an error, not a reason to look elsewhere', () => {
    expect(() => findChromium({ CHROME_PATH: '/nowhere/chrome' }, [process.execPath])).toThrow(
      '/nowhere/chrome',
    );
  });

  it('the first system path that exists is taken', () => {
    const paths = ['/nowhere/chrome', process.execPath];
    expect(findChromium({ PUPPETEER_CACHE_DIR: NO_CACHE }, paths)).toBe(process.execPath);
  });

  it('a machine without a browser gets an error that says how to get one', () => {
    expect(() => findChromium({ PUPPETEER_CACHE_DIR: NO_CACHE }, [])).toThrow(
      /apt-get install chromium.*CHROME_PATH/,
    );
  });
});
