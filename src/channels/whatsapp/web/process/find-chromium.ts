import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../../errors.ts';

/** Where systems put it. */
export const SYSTEM_PATHS: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const PUPPETEER_CACHE = join(homedir(), '.cache', 'puppeteer');

/**
 * The program file of Chromium: the one chosen, then puppeteer's cache, then where systems put it.
 * @throws {AppError} `CHANNEL_UNAVAILABLE` with a Spanish sentence on how to get one
 */
export function findChromium(
  chosen: string | undefined,
  puppeteerCache: string = PUPPETEER_CACHE,
  systemPaths: readonly string[] = SYSTEM_PATHS,
): string {
  if (chosen !== undefined) {
    if (isProgram(chosen)) return chosen;
    throw noChromium(`CHROME_PATH no lleva a un programa: ${chosen}. Corrija la ruta o quite la variable.`);
  }
  const found = [...puppeteerPaths(puppeteerCache), ...systemPaths].find(isProgram);
  if (found !== undefined) return found;
  throw noChromium(
    'No hay Chromium en esta máquina. Instálelo (apt-get install chromium) o ponga su ruta en CHROME_PATH.',
  );
}

function noChromium(message: string): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', message, { retryable: true });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Newest first. */
function puppeteerPaths(cache: string): readonly string[] {
  const folder = join(cache, 'chrome');
  if (!existsSync(folder)) return [];
  const mac = 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing';
  return readdirSync(folder)
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((version) => [
      join(folder, version, 'chrome-linux64', 'chrome'),
      join(folder, version, 'chrome-mac-arm64', mac),
    ]);
}
