import { describe, expect, it } from 'vitest';
import { speaks } from '#src/knowledge/knowledge.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { unitAnchor, unitPath } from '#src/knowledge/unit-path.ts';
import { knowledgeDir } from '#src/paths.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';
import { type Running, startGateway } from './gateway-harness.ts';

const PAGES = [
  '/',
  '/normas',
  '/normas/codigo-migracion',
  '/normas/ley-migracion-95-98',
  '/politica',
  '/tramites',
  '/tramites/pasaporte-adulto',
  '/directorio',
];

const textOf = async ({ get }: Running, path: string): Promise<string> => (await get(path)).text();

describe('pages', () => {
  it.each(PAGES)('%s is served with strict headers and may be asked for again by its ETag', async (path) => {
    const { get } = await startGateway();
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('X-Powered-By')).toBeNull();
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    const html = await response.text();
    expect(html).not.toMatch(/ style=|<style| on[a-z]+="|<script>/);
    const again = await get(path, {
      headers: { 'If-None-Match': response.headers.get('ETag') ?? '', 'Cache-Control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it.each(PAGES)('%s shows nothing of staff, of doubtful claims or of editors', async (path) => {
    const html = await textOf(await startGateway(), path);
    expect(html).not.toMatch(/interno|Subdirección|dudoso\.|Duda sola|cinco minutos|nota para|apunte de/i);
  });

  it.each(PAGES)('%s always shows the emergency numbers', async (path) => {
    const html = await textOf(await startGateway(), path);
    for (const number of ['110', '122', '1555']) expect(html).toContain(`href="tel:${number}"`);
  });

  it('insists on HTTPS only where people reach the pages over it', async () => {
    const [plain, secure] = [
      await startGateway(),
      await startGateway({ publicUrl: 'https://orienta.example.gt' }),
    ];
    expect((await plain.get('/')).headers.get('Strict-Transport-Security')).toBeNull();
    expect((await secure.get('/')).headers.get('Strict-Transport-Security')).toContain('max-age=');
  });

  it('a staff norm is not listed, has no page and is not linked to', async () => {
    const running = await startGateway();
    expect((await running.get('/normas/manual-interno')).status).toBe(404);
    expect(await textOf(running, '/normas?q=manual')).not.toContain('manual-interno');
  });
});

describe('GET /normas', () => {
  it('lists the norms with their state, and narrows by words without accents and by validity', async () => {
    const running = await startGateway();
    const all = await textOf(running, '/normas');
    expect(all).toContain('href="/normas/codigo-migracion"');
    expect(all).toContain('href="/politica"');
    const repealed = await textOf(running, '/normas?q=LEY%20de%20migracion&vigencia=no-vigentes');
    expect(repealed).toContain('1 norma<');
    expect(repealed).toContain('href="/normas/ley-migracion-95-98"');
    expect(repealed).toContain('<option value="no-vigentes" selected>');
  });

  it.each(['/normas?vigencia=cualquiera', '/normas?q=a&q=b', '/normas?q[x]=1'])(
    '%s counts as nothing asked',
    async (path) => {
      const running = await startGateway();
      expect(await textOf(running, path)).toContain('4 normas<');
    },
  );

  it('an attack in the query comes back escaped', async () => {
    const html = await textOf(
      await startGateway(),
      `/normas?q=${encodeURIComponent('"><script>alert(1)</script>')}`,
    );
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('value="&quot;>&lt;script>alert(1)&lt;/script>"');
  });
});

describe('GET /normas/:id', () => {
  it('shows each speaking article under its anchor with state, review and citation', async () => {
    const html = await textOf(await startGateway(), '/normas/codigo-migracion');
    expect(html).toContain(
      '<article id="art-6"><h2><span class="number">Artículo 6. </span>Derecho al trabajo</h2>',
    );
    expect(html).toContain('<b>Vigente. </b>Según fuentes públicas de 2026; confirme en ventanilla.');
    expect(html).toContain('Código de Migración (Decreto 44-2016), artículo 6.');
    expect(html).toContain('Este dato está confirmado.');
    expect(html).toContain('Vigente desde el 1 de mayo de 2017');
    expect(html.indexOf('id="art-8"')).toBeLessThan(html.indexOf('id="art-102-literal-n"'));
  });

  it('shows no number that no source gave, neither in text nor in anchors', async () => {
    const html = await textOf(await startGateway(), '/normas/codigo-migracion');
    expect(html).toContain('<article id="tema-derecho-a-la-educacion"><h2>Derecho a la educación</h2>');
    expect(html).not.toMatch(/art-7"|Artículo 7\b|artículo 7\b/);
  });

  it('links what it replaced, and the other way round', async () => {
    const running = await startGateway();
    expect(await textOf(running, '/normas/codigo-migracion')).toContain('href="/normas/ley-migracion-95-98"');
    const old = await textOf(running, '/normas/ley-migracion-95-98');
    expect(old).toContain('<dt>La sustituyó</dt>');
    expect(old).toContain('href="/normas/codigo-migracion"');
    expect(old).toContain('la parte penal');
  });

  it.each([
    ['/normas/igm-015-2025-visas', '/normas/reglamento-visas'],
    ['/normas/politica-migratoria-2023', '/politica'],
    ['/normas/politica-migratoria', '/politica'],
  ])('%s leads to %s for good', async (path, target) => {
    const response = await (await startGateway()).get(path);
    expect(response.status).toBe(301);
    expect(response.headers.get('Location')).toBe(target);
  });

  it.each(['/normas/no-existe', '/tramites/no-existe', '/normas/%3Cscript%3E'])(
    '%s is a 404 page with a way back',
    async (path) => {
      const response = await (await startGateway()).get(path);
      expect(response.status).toBe(404);
      const html = await response.text();
      expect(html).toContain('No encontramos esa página');
      expect(html).toContain('href="/normas"');
      expect(html).not.toContain('<script>');
    },
  );
});

describe('a norm too long for one page', () => {
  const text = 'Una frase bastante larga que se repite para llenar la página. '.repeat(10);
  const units = Array.from({ length: 250 }, (_, index) =>
    buildUnit({
      id: `ley-larga/${index + 1}`,
      title: `Encabezado ${index + 1}`,
      claims: [
        buildClaim('a', `Comienzo del ${index + 1}.`),
        buildClaim('b', `${text} Final del ${index + 1}.`),
      ],
    }),
  );
  const knowledge = buildKnowledge([buildNorm({ id: 'ley-larga' })], units);

  it('opens every article with its first words in 60 KB, the rest one link away', async () => {
    const running = await startGateway({ knowledge });
    const html = await textOf(running, '/normas/ley-larga');
    expect(Buffer.byteLength(html)).toBeLessThan(52_000);
    expect(html).toContain('Comienzo del 250.');
    expect(html).not.toContain('Final del 250.');
    expect(html).toContain(
      '<article id="art-250"><h2><a href="?ficha=art-250">Artículo 250. Encabezado 250</a></h2>',
    );
    const article = await textOf(running, '/normas/ley-larga?ficha=art-250');
    expect(article).toContain('Final del 250.');
    expect(article).not.toContain('Comienzo del 249.');
  });

  it('an article that is not there is a 404 page', async () => {
    const { get } = await startGateway({ knowledge });
    expect((await get('/normas/ley-larga?ficha=art-251')).status).toBe(404);
  });
});

describe('other pages', () => {
  it('a procedure has its sections, its steps in order and its legal basis linked to public units only', async () => {
    const html = await textOf(await startGateway(), '/tramites/pasaporte-adulto');
    for (const heading of ['Quién', 'Pasos', 'Requisitos', 'Cuánto cuesta', 'Base legal'])
      expect(html).toContain(`>${heading}</h2>`);
    expect(html).not.toContain('Cuánto tarda</h2>');
    expect(html).toContain('<p class="state">Según fuentes públicas de 2026; confirme en ventanilla.</p>');
    expect(html).toContain(
      '<ol class="steps"><li>Pague en el banco.</li><li>Vaya al centro de emisión.</li></ol>',
    );
    expect(html).toContain(
      '<a href="/normas/codigo-migracion#art-6">Código de Migración, artículo 6: Derecho al trabajo</a>',
    );
    expect(html).toContain(
      '<a href="/normas/codigo-migracion#tema-derecho-a-la-educacion">Código de Migración: Derecho a la educación</a>',
    );
    expect(html).not.toContain('art-200');
  });

  it('the policy groups line and actions under their eje, one anchor a line', async () => {
    const html = await textOf(await startGateway(), '/politica');
    const places = ['id="eje-1"', 'id="e1-b"', 'Capacitación'].map((text) => html.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(html.match(/id="e1-b"/g)).toHaveLength(1);
  });

  it('the directory has an anchor an institution, and phones and mail that can be tapped', async () => {
    const html = await textOf(await startGateway(), '/directorio');
    expect(html).toContain('id="igm"');
    expect(html).toContain('href="tel:+50224112411"');
    expect(html).toContain('href="mailto:info@igm.gob.gt"');
  });

  it('an unknown address is a JSON error for programs and a page for people', async () => {
    const { get } = await startGateway();
    const forPrograms = await get('/nada');
    expect(forPrograms.status).toBe(404);
    expect(await forPrograms.json()).toEqual({
      error: { code: 'NOT_FOUND', message: 'No encontramos esa página.' },
    });
    const forPeople = await get('/nada', { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(forPeople.status).toBe(404);
    expect(await forPeople.text()).toContain('<h1>No encontramos esa página</h1>');
  });

  it('an address that cannot be decoded is a plain 400', async () => {
    const response = await (await startGateway()).get('/normas/%E0%A4%A');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'MALFORMED_REQUEST' } });
  });

  it('a page does not take POST', async () => {
    const response = await (await startGateway()).get('/normas', { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
  });

  it('the files of the pages are named by their content and kept for a year', async () => {
    const running = await startGateway();
    const html = await textOf(running, '/');
    const paths = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(paths).toHaveLength(4);
    for (const path of paths) {
      const response = await running.get(path);
      expect(response.status).toBe(200);
      expect(path).toMatch(/\?v=[0-9a-f]{10}$/);
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('ETag')).not.toBeNull();
    }
    expect((await running.get('/assets/../gateway.ts')).status).toBe(404);
    expect((await running.get('/assets/%2e%2e%2fgateway.ts')).status).toBe(404);
  });
});

describe('pages of the real knowledge', async () => {
  const knowledge = await loadKnowledge(knowledgeDir);
  const norms = [...knowledge.norms.keys()].filter((id) =>
    unitPath({ norm: id, article: '*', kind: 'norm', title: '', numberConfirmed: true }).startsWith(
      '/normas/',
    ),
  );

  it('every page that citations lead to stays under 60 KB with its style sheet', async () => {
    const running = await startGateway({ knowledge });
    const css = await textOf(running, '/assets/orienta.css');
    for (const path of [...norms.map((id) => `/normas/${id}`), '/politica', '/directorio']) {
      const html = await textOf(running, path);
      const size = Buffer.byteLength(html) + Buffer.byteLength(css);
      expect(size, path).toBeLessThanOrEqual(60_000);
    }
  });

  it('the chat page with all it loads stays under 40 KB', async () => {
    const running = await startGateway({ knowledge });
    const html = await textOf(running, '/');
    let size = Buffer.byteLength(html);
    for (const [, path] of html.matchAll(/"(\/assets\/[^"]+)"/g))
      size += Buffer.byteLength(await textOf(running, path ?? ''));
    expect(size).toBeLessThan(40_000);
  });

  it('every public unit that speaks is where its path says, under an id used once', async () => {
    const running = await startGateway({ knowledge });
    const pages = new Map<string, string>();
    for (const unit of knowledge.units.values()) {
      if (unit.audience !== 'public' || knowledge.norm(unit.norm)?.audience === 'staff' || !speaks(unit))
        continue;
      const [path = ''] = unitPath(unit).split('#');
      if (!pages.has(path)) pages.set(path, await textOf(running, path));
      const html = pages.get(path) ?? '';
      const anchor = unitAnchor(unit);
      if (anchor !== undefined) expect(html.split(`id="${anchor}"`), unit.id).toHaveLength(2);
    }
    expect(pages.size).toBeGreaterThan(40);
    for (const [path, html] of pages) expect(html, path).not.toContain('No encontramos esa página');
  });
});
