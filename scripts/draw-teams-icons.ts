import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { COLOR_ICON, OUTLINE_ICON } from '../src/channels/teams/app-package/app-manifest.ts';
import { iconsDir } from '../src/channels/teams/app-package/app-package.ts';
import { CHROMIUM_ARGS, findChromium } from '../test/support/chromium.ts';

/*
 * Draws the two icons of the Teams app after src/gateway/assets/icon.svg, to be kept in the repository:
 * npm run build && node dist/scripts/draw-teams-icons.js
 */

const COLOR_SIZE = 192;
const OUTLINE_SIZE = 32;

/** The whole square is filled, because Teams rounds the corners itself; the sign stays in its middle. */
const COLOR = `<svg xmlns="http://www.w3.org/2000/svg" width="${COLOR_SIZE}" height="${COLOR_SIZE}" viewBox="0 0 32 32">
<path fill="#0b4f4a" d="M0 0h32v32H0z"/><path fill="#f2c14e" d="M16 5 27 16 16 27 5 16Z"/>
<path fill="#0b4f4a" d="m16 10 6 6-6 6-6-6Z"/><path fill="#fff" d="m16 13 3 3-3 3-3-3Z"/></svg>`;

/** White lines on nothing, as Teams asks. */
const OUTLINE = `<svg xmlns="http://www.w3.org/2000/svg" width="${OUTLINE_SIZE}" height="${OUTLINE_SIZE}" viewBox="0 0 32 32">
<path fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round" d="M16 3.5 28.5 16 16 28.5 3.5 16Z"/>
<path fill="#fff" d="m16 10.5 5.5 5.5-5.5 5.5-5.5-5.5Z"/></svg>`;

const browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_ARGS] });
try {
  const page = await browser.newPage();
  await draw(page, COLOR, COLOR_SIZE, COLOR_ICON);
  await draw(page, OUTLINE, OUTLINE_SIZE, OUTLINE_ICON);
} finally {
  await browser.close();
}

async function draw(page: Page, svg: string, size: number, file: string): Promise<void> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0;background:transparent}svg{display:block}</style>${svg}`);
  await writeFile(join(iconsDir, file), await page.screenshot({ omitBackground: true, type: 'png' }));
}
