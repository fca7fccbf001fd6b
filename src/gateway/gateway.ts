import { randomBytes } from 'node:crypto';
import compression from 'compression';
import express, { type Express, type Request, type Response, Router } from 'express';
import type { FileShelf } from '../channels/file-shelf.ts';
import { createSessions } from '../channels/web/session.ts';
import type { WebChannel } from '../channels/web/web-channel.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Logger } from '../log.ts';
import { aboutRoute } from './about-route.ts';
import { assetsDir, loadAssets } from './assets.ts';
import { chatRoutes, onlyJson } from './chat-routes.ts';
import { downloadRoutes } from './download-routes.ts';
import { createSendFault, errorHandler, notFound, onlyMethods, type SendFault } from './error-response.ts';
import { healthRoutes, type Readiness } from './health-route.ts';
import { type Listening, type ListenOptions, listen } from './listen.ts';
import { pageRoutes } from './page-routes.ts';
import type { AboutFacts } from './pages/about-page.tsx';
import type { Site } from './pages/site.ts';
import { createPublicView } from './public-view.ts';
import { createRateLimits, DEFAULT_RATE_LIMITS, type RateLimitOptions } from './rate-limits.ts';
import { requestLog } from './request-log.ts';
import type { RequestScope } from './request-scope.ts';
import { securityHeaders } from './security-headers.ts';
import { type WhatsAppEndpoint, whatsappRoutes } from './whatsapp-routes.ts';

/** A channel that answers its platform's requests itself; the body has been parsed as JSON. */
export interface WebhookChannel {
  readonly handle: (req: Request, res: Response) => Promise<void>;
}

/** What the gateway joins. */
export interface GatewayParts {
  readonly knowledge: Knowledge;
  readonly web: WebChannel;
  readonly log: Logger;
  readonly readiness: () => Promise<Readiness>;
  /** What people are told of how this Orienta is set up; absent, there is no page about it. */
  readonly about?: AboutFacts;
  readonly teams?: WebhookChannel;
  /** WhatsApp through Meta's Cloud API. */
  readonly whatsapp?: WhatsAppEndpoint;
  /** Files that wait to be fetched by whoever has their address. */
  readonly files?: Pick<FileShelf, 'take'>;
  /** Address under which people reach the pages, when it is not this process's own. */
  readonly publicUrl?: string;
  /** Secret of at least 32 bytes that session tokens are marked with; by default sessions end with the process. */
  readonly sessionKey?: Uint8Array;
  readonly rateLimits?: RateLimitOptions;
  /** Told which turn a request opens; the request's log line then names it. */
  readonly requests?: RequestScope;
}

/** The HTTP side of Orienta. */
export interface Gateway {
  readonly app: Express;
  /** @throws {AppError} `PORT_IN_USE` or `CONFIG_INVALID` when the port cannot be had */
  listen(options: ListenOptions): Promise<Listening>;
}

/** Largest Teams activity taken; theirs stay under 100 KB. */
const TEAMS_BODY_LIMIT = '256kb';

/** Puts the routes together: health, chat, pages, Teams, WhatsApp. */
export function createGateway(parts: GatewayParts): Gateway {
  const { knowledge, log } = parts;
  const view = createPublicView(knowledge);
  const site: Site = { assets: loadAssets(), lines: view.lines };
  const sendFault = createSendFault(site);
  const sessions = createSessions(parts.sessionKey ?? randomBytes(32));
  const countQuestion = createRateLimits(parts.rateLimits ?? DEFAULT_RATE_LIMITS);

  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestLog(log, () => performance.now(), parts.requests));
  app.use(securityHeaders(parts.publicUrl?.startsWith('https:') ?? false));
  app.use(healthRoutes(parts.readiness));
  app.use(compression());
  app.use(
    '/assets',
    express.static(assetsDir, { maxAge: '1y', immutable: true, index: false, redirect: false }),
  );
  app.use(chatRoutes({ web: parts.web, sessions, countQuestion, site, sendFault, log }));
  app.use(pageRoutes(site, view, sendFault));
  if (parts.about !== undefined) app.use(aboutRoute(site, parts.about, sendFault));
  if (parts.files !== undefined) app.use(downloadRoutes(parts.files, sendFault));
  if (parts.teams !== undefined) app.use(teamsRoute(parts.teams, sendFault));
  if (parts.whatsapp !== undefined) app.use(whatsappRoutes(parts.whatsapp, sendFault, log));
  app.use(notFound(sendFault));
  app.use(errorHandler(sendFault, log));
  return { app, listen: (options) => listen(app, options) };
}

function teamsRoute(teams: WebhookChannel, sendFault: SendFault): Router {
  const router = Router();
  router.post('/api/messages', onlyJson(sendFault), express.json({ limit: TEAMS_BODY_LIMIT }), (req, res) =>
    teams.handle(req, res),
  );
  router.all('/api/messages', onlyMethods(sendFault, 'POST'));
  return router;
}
