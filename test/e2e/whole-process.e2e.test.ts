import { rmSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';
import { freshDataDir } from '../support/fresh-data-dir.ts';
import { openPlayground } from '../support/playground.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';

const QUESTION = '¿Puedo trabajar en Guatemala si soy extranjero?';
const chatSchema = z.object({
  kind: z.string(),
  lang: z.string(),
  citations: z.array(z.object({ url: z.url(), label: z.string() })),
});
const env = { DATA_DIR: await freshDataDir('whole'), ADMIN_PORT: '0' };
let orienta: RunningOrienta;
let browser: Browser;

beforeAll(async () => {
  orienta = await startOrienta(env);
  browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_ARGS] });
});
afterAll(async () => {
  await browser?.close();
  await orienta?.stop();
  rmSync(env.DATA_DIR, { recursive: true, force: true });
});

async function post(text: unknown): Promise<Response> {
  return fetch(`${orienta.address}/api/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
}

describe('the running process', () => {
  it('says where the chat is and how to open the Teams playground', () => {
    expect(orienta.welcome).toContain(`${orienta.address}/`);
    expect(orienta.welcome).toContain(`npx agentsplayground -e ${orienta.address}/api/messages -c msteams`);
  });

  it('is ready, with its channels', async () => {
    const response = await fetch(`${orienta.address}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'ok',
      checks: { channels: { web: 'ready', teams: 'ready' } },
    });
  });

  it('answers a question over HTTP with citations whose pages hold what they name', async () => {
    const response = await post(QUESTION);
    const body = chatSchema.parse(await response.json());
    expect(body).toMatchObject({ kind: 'answer', lang: 'es' });
    expect(body.citations.length).toBeGreaterThan(0);
    for (const { url, label } of body.citations) {
      const page = await fetch(url);
      const anchor = new URL(url).hash.slice(1);
      expect(page.status, label).toBe(200);
      const html = await page.text();
      if (anchor !== '') expect(html, label).toContain(`id="${anchor}"`);
    }
  });

  it('shows the cited answer on the chat page', async () => {
    const page = await browser.newPage();
    await page.goto(orienta.address);
    await page.getByRole('textbox').fill(QUESTION);
    await page.getByRole('textbox').press('Enter');
    const link = page.getByRole('log').getByRole('link', { name: /Código de Migración, artículo 6/ });
    await link.waitFor();
    expect(await link.getAttribute('href')).toMatch(/\/normas\/codigo-migracion#art-6$/);
    await page.close();
  });

  it('gives a question typed in the Agents Playground its cited answer', async () => {
    const playground = await openPlayground(`${orienta.address}/api/messages`);
    try {
      await playground.say(QUESTION);
      await playground.page.getByRole('link', { name: /Código de Migración, artículo 6/ }).waitFor();
    } finally {
      await playground.close();
    }
  });

  it('logs no word of what people write', () => {
    expect(orienta.log()).toContain('turn closed');
    expect(orienta.log()).not.toMatch(/extranjero|trabajar/i);
  });
});

describe('starting and stopping', () => {
  it('names every faulty variable together and does not start', async () => {
    await expect(startOrienta({ PORT: 'mucho', PUBLIC_URL: 'ejemplo', ...env })).rejects.toThrow(
      /PORT[^\n]*\n[^\n]*PUBLIC_URL/,
    );
  });

  it('says what to do when the port is taken', async () => {
    const other = await freshDataDir('port');
    const port = new URL(orienta.address).port;
    const start = startOrienta({ ...env, PORT: port, DATA_DIR: other });
    await expect(start).rejects.toThrow(/ya está en uso.*PORT/s);
    rmSync(other, { recursive: true, force: true });
  });

  it('refuses a second process on the same data folder, and says who has it', async () => {
    await expect(startOrienta(env)).rejects.toThrow(/carpeta/);
  });

  it('refuses to serve Teams without credentials in production', async () => {
    await expect(startOrienta({ NODE_ENV: 'production', ...env })).rejects.toThrow('MicrosoftAppId');
  });

  it('stops on SIGTERM with exit code 0', async () => {
    expect(await orienta.stop()).toBe(0);
  });
});
