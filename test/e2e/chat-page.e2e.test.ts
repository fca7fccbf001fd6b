import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '#src/errors.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { knowledgeDir } from '#src/paths.ts';
import { answerWork, type Respond, reply, startGateway } from '../gateway/gateway-harness.ts';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';

const knowledge = await loadKnowledge(knowledgeDir);
const QUESTION = '¿Puedo trabajar en Guatemala?';
const CITED = 'Código de Migración, artículo 6';
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_ARGS] });
});
afterAll(() => browser?.close());

/** Opens a page of a fresh gateway in a fresh browser profile. */
async function open(
  path: string,
  options: BrowserContextOptions = {},
  respond: Respond = answerWork,
): Promise<Page> {
  const { address } = await startGateway({ knowledge, respond });
  const context = await browser.newContext({
    locale: 'es-GT',
    viewport: { width: 1_000, height: 700 },
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => expect.fail(`script error: ${error.message}`));
  await page.goto(`${address}${path}`);
  return page;
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Su pregunta' });
const log = (page: Page) => page.getByRole('log', { name: 'Conversación' });
const focusIsInBox = (page: Page) =>
  box(page).evaluate((element) => element === element.ownerDocument.activeElement);
const widthTooMuch = (page: Page) =>
  page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);

async function violations(page: Page): Promise<readonly string[]> {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe('chat page in a browser', () => {
  it('a question sent with Enter is answered in the log with a named link, and focus stays in the box', async () => {
    const page = await open('/');
    await box(page).fill(QUESTION);
    await box(page).press('Enter');
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await log(page).textContent()).toContain(QUESTION);
    expect(await box(page).inputValue()).toBe('');
    expect(await focusIsInBox(page)).toBe(true);
    expect(await page.getByRole('status').textContent()).toBe('');
    await log(page).getByRole('link', { name: CITED }).click();
    await page.waitForURL('**/normas/codigo-migracion#art-6');
    expect(await page.locator('#art-6').isVisible()).toBe(true);
    await page.goBack();
    await log(page).getByRole('link', { name: CITED }).waitFor();
  });

  it('Shift and Enter makes a line, the button sends it all', async () => {
    const page = await open('/');
    await box(page).fill('uno');
    await box(page).press('Shift+Enter');
    await box(page).pressSequentially('dos');
    await page.getByRole('button', { name: 'Enviar' }).click();
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await page.locator('.said').textContent()).toBe('uno\ndos');
    expect(await focusIsInBox(page)).toBe(true);
  });

  it('an example question is one tap away', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: '¿Cómo pido refugio?' }).click();
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await page.locator('.said').textContent()).toBe('¿Cómo pido refugio?');
    expect(await focusIsInBox(page)).toBe(true);
  });

  it('while it looks, it says so', async () => {
    let answerNow = () => {};
    const page = await open('/', {}, async (message, known) => {
      await new Promise<void>((resolve) => {
        answerNow = resolve;
      });
      return answerWork(message, known);
    });
    await box(page).fill(QUESTION);
    await box(page).press('Enter');
    await page.getByRole('status').getByText('Buscando…').waitFor();
    answerNow();
    await log(page).getByRole('link', { name: CITED }).waitFor();
  });

  it('a failed question is told in an alert, its words stay, and one tap sends it again', async () => {
    let isBroken = true;
    const page = await open('/', {}, async (message, known) => {
      if (isBroken) throw new AppError('STORE_UNAVAILABLE', 'away', { retryable: true });
      return answerWork(message, known);
    });
    await box(page).fill(QUESTION);
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('Ahora mismo no podemos responder').waitFor();
    expect(await page.locator('.said').textContent()).toBe(QUESTION);
    expect(await violations(page)).toEqual([]);
    isBroken = false;
    await page.getByRole('button', { name: 'Volver a intentar' }).click();
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await page.locator('.said').count()).toBe(1);
    expect(await page.getByRole('alert').textContent()).toBe('');
    expect(await focusIsInBox(page)).toBe(true);
  });

  it('without a connection the question is kept for another try', async () => {
    const page = await open('/');
    await page.context().setOffline(true);
    await box(page).fill(QUESTION);
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('No hay conexión').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Volver a intentar' }).click();
    await log(page).getByRole('link', { name: CITED }).waitFor();
  });

  it('a question full of markup is shown as written and runs nothing', async () => {
    const page = await open('/');
    const attack = '<img src=x onerror="document.title=1"><b>hola</b>';
    await box(page).fill(attack);
    await box(page).press('Enter');
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await page.locator('.said').textContent()).toBe(attack);
    expect(await page.locator('#log img, #log b').count()).toBe(0);
    expect(await page.title()).toBe('Orienta');
  });

  it('the talk outlives a reload in this tab and ends with "Borrar esta conversación"', async () => {
    const page = await open('/');
    await box(page).fill(QUESTION);
    await box(page).press('Enter');
    await log(page).getByRole('link', { name: CITED }).waitFor();
    await page.reload();
    await log(page).getByText(`Usted preguntó: ${QUESTION}`).waitFor();
    await page.getByRole('button', { name: 'Borrar esta conversación' }).click();
    expect(await log(page).textContent()).toBe('');
    expect(await page.evaluate('sessionStorage.length + localStorage.length + document.cookie.length')).toBe(
      0,
    );
    await page.reload();
    expect(await log(page).textContent()).toBe('');
  });

  it('on a screen 320 px wide nothing is cut and every control is large enough', async () => {
    const page = await open('/', { viewport: { width: 320, height: 560 }, hasTouch: true });
    await box(page).fill('palabra'.repeat(40));
    await box(page).press('Enter');
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await widthTooMuch(page)).toBe(0);
    for (const button of await page.getByRole('button').all()) {
      const size = await button.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    for (const path of [
      '/normas',
      '/normas/codigo-migracion',
      '/tramites/pasaporte-adulto',
      '/politica',
      '/directorio',
    ]) {
      await page.goto(new URL(path, page.url()).href);
      expect(await widthTooMuch(page), path).toBe(0);
    }
  });

  it('phones and sources in an answer are targets of 24 px at least', async () => {
    const page = await open('/', { viewport: { width: 320, height: 560 } }, async (_message, known) =>
      reply(known, 'codigo-migracion/6', [
        { kind: 'paragraph', text: 'Llame al 2411-2411 o al 2412-2412.' },
        { kind: 'list', ordered: false, items: ['Oficina: 2413-2413.'] },
        { kind: 'notice', text: 'Confirme en el 2414-2414.' },
      ]),
    );
    await box(page).fill(QUESTION);
    await box(page).press('Enter');
    await log(page).getByRole('link', { name: CITED }).waitFor();
    const phones = await log(page).locator('a[href^="tel:"]').all();
    expect(phones).toHaveLength(4);
    for (const link of [...phones, log(page).getByRole('link', { name: CITED })]) {
      const size = await link.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(24);
    }
  });

  it('works without JavaScript: the form brings the same page with the answer', async () => {
    const page = await open('/', { javaScriptEnabled: false });
    await box(page).fill(QUESTION);
    await page.getByRole('button', { name: 'Enviar' }).click();
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await page.locator('.said').textContent()).toBe(QUESTION);
    await page.getByRole('button', { name: 'Borrar esta conversación' }).click();
    await page.getByRole('button', { name: '¿Cómo pido refugio?' }).click();
    expect(await page.locator('.said').textContent()).toBe('¿Cómo pido refugio?');
    await log(page).getByRole('link', { name: CITED }).click();
    await page.waitForURL('**/normas/codigo-migracion#art-6');
  });

  it('the keyboard alone reaches the box by the skip link', async () => {
    const page = await open('/');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Ir al contenido');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/#contenido');
  });
});

describe.each(['light', 'dark'] as const)('accessibility in %s colours', (colorScheme) => {
  it.each([
    '/',
    '/normas',
    '/normas/codigo-migracion',
    '/tramites',
    '/tramites/pasaporte-adulto',
    '/politica',
    '/directorio',
    '/normas/no-existe',
  ])('%s has no violation that axe finds', async (path) => {
    const page = await open(path, { colorScheme });
    expect(await violations(page)).toEqual([]);
  });

  it('a conversation has none either', async () => {
    const page = await open('/', { colorScheme });
    await box(page).fill(QUESTION);
    await box(page).press('Enter');
    await log(page).getByRole('link', { name: CITED }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
