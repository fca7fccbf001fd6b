import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '#src/channels/channel.ts';
import { renderCard } from '#src/channels/teams/render-card.ts';
import { CHROMIUM_ARGS, findChromium } from '../../support/chromium.ts';

const LIBRARY = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
/** A common phone; Teams leaves a card about 40 of it less. */
const WIDTH = 320;
const TURN = '7b0a2a53-8f8e-4c3e-9a86-3a2b8e7d0001';

const answer: Reply = {
  kind: 'answer',
  language: 'es',
  turn: TURN,
  blocks: [
    {
      kind: 'notice',
      text: 'Atención: ya no está vigente desde el 18 de octubre de 2016.',
      worth: 'warning',
    },
    {
      kind: 'paragraph',
      text: 'La Autoridad Migratoria Nacional (AMN) aprobó el Plan Retorno al Hogar. '.repeat(8),
    },
    {
      kind: 'list',
      title: 'Necesita:',
      ordered: true,
      items: ['Pasaporte vigente, original y copia legalizada.', 'DPI.'],
    },
    {
      kind: 'table',
      columns: ['Institución', 'Responsable'],
      rows: [
        ['MINEX', 'Dirección de Asuntos Consulares'],
        ['IGM', ''],
      ],
    },
    {
      kind: 'paragraph',
      text: 'Para seguir o confirmar: IGM, https://igm.gob.gt/una/direccion/larga/que-no-termina-en-la-pantalla. '.repeat(
        4,
      ),
    },
  ],
  citations: [
    {
      unit: 'politica-migratoria/e2-b',
      norm: 'politica-migratoria',
      article: 'e2-b',
      label:
        'Política Migratoria: Recepción de personas retornadas y reintegración sustentable en sus comunidades',
      url: 'https://orienta.example/politica#e2-b',
      validity: { status: 'derogado' },
      review: { state: 'validado', by: 'Dirección de Asesoría Jurídica', on: '2026-01-20' },
      stateWords: 'ya no está vigente desde octubre de 2016',
      wording: { statements: ['La recepción se hace en la zona 13 de la capital.'], sources: ['igm.gob.gt'] },
      actions: [
        {
          title: 'Recibir',
          responsible: 'IGM',
          linked: ['MSPAS', 'MIDES', 'MINTRAB', 'RENAP', 'CONAMIGUA', 'MINEX'],
        },
      ],
    },
  ],
};

describe('a card on a phone', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_ARGS] });
    page = await browser.newPage({ viewport: { width: WIDTH, height: 800 } });
    await page.setContent('<body style="margin:0"><div id="card"></div></body>');
    await page.addScriptTag({ content: readFileSync(LIBRARY, 'utf8') });
  });
  afterAll(() => browser?.close());

  /** Renders with everything unfolded. @returns words that are cut off or reach beyond the screen */
  async function hiddenOf(reply: Reply): Promise<readonly string[]> {
    const card = renderCard(reply, { legal: true });
    // In the page, where the library is: its types are not known there.
    return page.evaluate(`(() => {
      const made = new AdaptiveCards.AdaptiveCard();
      made.parse(${JSON.stringify(card)});
      document.querySelector('#card').replaceChildren(made.render());
      for (const id of ['orienta-mas', 'orienta-texto', 'orienta-responsables']) {
        const element = made.getElementById(id);
        if (element) element.isVisible = true;
      }
      const all = [...document.querySelectorAll('#card .ac-textBlock, #card button')];
      return all.filter((one) => {
        const { right, width, height } = one.getBoundingClientRect();
        return right > ${WIDTH} || width === 0 || height === 0 || one.scrollWidth > one.clientWidth + 1;
      }).map((one) => one.textContent);
    })()`);
  }

  it('shows every word and every button, also of what is unfolded', async () => {
    expect(await hiddenOf(answer)).toEqual([]);
    expect(await page.locator('#card button').allTextContents()).toEqual(
      expect.arrayContaining([
        'Más',
        'Texto de la norma',
        'Responsables',
        'Preguntar a Jurídico',
        'Está mal',
      ]),
    );
  });

  it('shows the buttons of an answer with a table', async () => {
    const table = { kind: 'table', columns: ['Línea', 'Acción'], rows: [['Niñez', 'Albergar']] } as const;
    expect(await hiddenOf({ ...answer, blocks: [table] })).toEqual([]);
    expect(await page.locator('#card button').allTextContents()).toEqual(
      expect.arrayContaining(['Exportar a Excel', 'Copiar para WhatsApp']),
    );
  });

  it('shows a question for the legal unit with its field', async () => {
    expect(await hiddenOf({ ...answer, kind: 'handoff', asks: TURN })).toEqual([]);
    const field = await page.locator('#card textarea').boundingBox();
    expect((field?.x ?? 0) + (field?.width ?? 0)).toBeLessThanOrEqual(WIDTH);
  });
});
