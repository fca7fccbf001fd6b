import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where systems put it; .ci/run looks in the same places. */
export const SYSTEM_PATHS: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Start flags under which Chromium runs headless, also as root, and calls nobody by itself. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The variables that say where a browser is. */
interface BrowserEnv {
  readonly CHROME_PATH?: string | undefined;
  readonly PUPPETEER_CACHE_DIR?: string | undefined;
}

/**
 * The Chromium that the end-to-end tests drive: CHROME_PATH, then puppeteer's cache, then where systems put it.
 * Throws, so that a machine without a browser fails these tests and never passes them unseen.
 */
export function findChromium(
  env: BrowserEnv = process.env,
  systemPaths: readonly string[] = SYSTEM_PATHS,
): string {
  const chosen = env.CHROME_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH points at ${chosen}, which does not exist. Correct it or unset it.`);
  }
  const cache = env.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer');
  const found = [...puppeteerPaths(cache), ...systemPaths].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium found for the end-to-end tests. Install one ("apt-get install chromium" on Debian or Ubuntu, ' +
      '"npx puppeteer browsers install chrome" without root) or set CHROME_PATH to its executable.',
  );
}

/** Newest first. */
function puppeteerPaths(cache: string): readonly string[] {
  const folder = join(cache, 'chrome');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((version) => [
      join(folder, version, 'chrome-linux64', 'chrome'),
      join(
        folder,
        version,
        'chrome-mac-arm64',
        'Google Chrome for Testing.app',
        'Contents/MacOS/Google Chrome for Testing',
      ),
    ]);
}
