import { type Request, type Response, Router } from 'express';
import type { VNode } from 'preact';
import { unitPath } from '../knowledge/unit-path.ts';
import { onlyMethods, type SendFault } from './error-response.ts';
import { FAULTS } from './fault.ts';
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
  router.get('/normas/:id', (req, res) => showNorm(site, view, req.params.id, res));
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

/** An alias, and a norm that has a page of its own elsewhere, lead on to the one address of the norm. */
function showNorm(site: Site, view: PublicView, id: string, res: Response): void {
  const norm = view.norm(id);
  if (norm === undefined) {
    showMissing(site, res);
    return;
  }
  const path = normPath(norm);
  if (path === `/normas/${id}`) show(res, NormPage({ site, view, norm }));
  else res.redirect(301, path);
}

function showProcedure(site: Site, view: PublicView, id: string, res: Response): void {
  const unit = view
    .unitsOf('tramite')
    .find((procedure) => unitPath(procedure) === `/tramites/${encodeURIComponent(id)}`);
  if (unit === undefined) showMissing(site, res);
  else show(res, ProcedurePage({ site, view, unit }));
}

/** Browsers may show a page again for five minutes without asking, and ask by ETag afterwards. */
function show(res: Response, page: VNode): void {
  res.set('Cache-Control', 'public, max-age=300').send(renderPage(page));
}

function showMissing(site: Site, res: Response): void {
  res
    .status(404)
    .set('Cache-Control', 'no-store')
    .send(renderPage(ErrorPage({ site, fault: FAULTS.notFound })));
}
