import { Router } from 'express';
import { onlyMethods, type SendFault } from './error-response.ts';
import { type AboutFacts, AboutPage } from './pages/about-page.tsx';
import { renderPage } from './pages/render-page.ts';
import type { Site } from './pages/site.ts';

/** The page on what Orienta keeps and on what terms it answers. */
export function aboutRoute(site: Site, facts: AboutFacts, sendFault: SendFault): Router {
  const router = Router();
  const html = renderPage(AboutPage({ site, facts }));
  router.get('/acerca', (_req, res) => {
    res.set('Cache-Control', 'public, max-age=300').send(html);
  });
  router.all('/acerca', onlyMethods(sendFault, 'GET', 'HEAD'));
  return router;
}
