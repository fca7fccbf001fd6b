import { type Request, type Response, Router } from 'express';
import type { VNode } from 'preact';
import type { Norm } from '../knowledge/unit.ts';
import { unitAnchor, unitPath } from '../knowledge/unit-path.ts';
import { onlyMethods, type SendFault } from './error-response.ts';
import { FAULTS } from './fault.ts';
import { ArticlePage } from './pages/article-page.tsx';
import { DirectoryPage } from './pages/directory-page.tsx';
import { ErrorPage } from './pages/error-page.tsx';
import { filterSchema } from './pages/filter.ts';
import { NormListPage } from './pages/norm-list-page.tsx';
import { NormPage } from './pages/norm-page.tsx';
import { PolicyPage } from './pages/policy-page.tsx';
import { ProcedureListPage } from './pages/procedure-list-page.tsx';
import { ProcedurePage } from './pages/procedure-page.tsx';
import { renderPage } from './pages/render-page.ts';
import type { Site } from './pages/site.ts';
import { normPath, type PublicView } from './public-view.ts';

/** The pages that citations link to. */
export function pageRoutes(site: Site, view: PublicView, sendFault: SendFault): Router {
  const router = Router();
  const filterOf = (req: Request) => filterSchema.parse(req.query);
  router.get('/normas', (req, res) => show(res, NormListPage({ site, view, filter: filterOf(req) })));
  const normHtml = createNormHtml(site, view);
  router.get('/normas/:id', (req, res) => {
    const { id } = req.params;
    const norm = view.norm(id);
    if (norm === undefined) return showMissing(site, res);
    if (normPath(norm) !== `/normas/${id}`) return res.redirect(301, normPath(norm));
    const { ficha } = req.query;
    if (ficha === undefined) return send(res, normHtml(norm));
    const units = view.unitsOf(norm.id).filter((unit) => unitAnchor(unit) === ficha);
    if (units.length === 0) return showMissing(site, res);
    return show(res, ArticlePage({ site, norm, units }));
  });
  router.get('/politica', (_req, res) => show(res, PolicyPage({ site, view })));
  router.get('/tramites', (req, res) => show(res, ProcedureListPage({ site, view, filter: filterOf(req) })));
  router.get('/tramites/:id', (req, res) => showProcedure(site, view, req.params.id, res));
  router.get('/directorio', (req, res) => show(res, DirectoryPage({ site, view, filter: filterOf(req) })));
  router.all(
    ['/normas', '/normas/:id', '/politica', '/tramites', '/tramites/:id', '/directorio'],
    onlyMethods(sendFault, 'GET', 'HEAD'),
  );
  return router;
}

/** Largest HTML of a norm's page, in bytes: with the style sheet it stays under the 60 KB of a slow line's patience. */
const NORM_PAGE_BYTES = 52_000;

/** Renders each norm's page once: the knowledge does not change while the process runs. */
function createNormHtml(site: Site, view: PublicView): (norm: Norm) => string {
  const rendered = new Map<string, string>();
  return (norm) => {
    const known = rendered.get(norm.id);
    if (known !== undefined) return known;
    const whole = renderPage(NormPage({ site, view, norm, whole: true }));
    const fits = Buffer.byteLength(whole) <= NORM_PAGE_BYTES;
    const html = fits ? whole : renderPage(NormPage({ site, view, norm, whole: false }));
    rendered.set(norm.id, html);
    return html;
  };
}

function showProcedure(site: Site, view: PublicView, id: string, res: Response): void {
  const unit = view
    .unitsOf('tramite')
    .find((procedure) => unitPath(procedure) === `/tramites/${encodeURIComponent(id)}`);
  if (unit === undefined) showMissing(site, res);
  else show(res, ProcedurePage({ site, view, unit }));
}

function show(res: Response, page: VNode): void {
  send(res, renderPage(page));
}

/** Browsers may show a page again for five minutes without asking, and ask by ETag afterwards. */
function send(res: Response, html: string): void {
  res.set('Cache-Control', 'public, max-age=300').send(html);
}

function showMissing(site: Site, res: Response): void {
  res
    .status(404)
    .set('Cache-Control', 'no-store')
    .send(renderPage(ErrorPage({ site, fault: FAULTS.notFound })));
}
