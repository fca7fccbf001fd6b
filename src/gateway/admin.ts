import express, { type Express } from 'express';
import type { ChannelStatus } from '../channels/channel.ts';
import type { Secret } from '../config.ts';
import type { Logger } from '../log.ts';
import { assetsDir, loadAssets } from './assets.ts';
import { errorHandler, notFound, onlyMethods, type SendFault } from './error-response.ts';
import { type Listening, listen } from './listen.ts';
import { operatorGuard } from './operator-guard.ts';
import { ChannelsPage, type Linking } from './pages/channels-page.tsx';
import { renderPage } from './pages/render-page.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

/** What operators are shown. */
export interface AdminParts {
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** By name. */
  readonly channels: () => Readonly<Record<string, ChannelStatus>>;
  /** The code that links WhatsApp's number, while it waits for a phone. */
  readonly linking?: () => Linking | undefined;
  readonly host: string;
  readonly port: number;
  /** Asked of whoever does not call from this machine itself. */
  readonly token: Secret | undefined;
  readonly log: Logger;
}

/**
 * Opens the operators' port: metrics and the console. Nothing of it is reachable through the public port.
 * @throws {AppError} `PORT_IN_USE` or `CONFIG_INVALID` when the port cannot be had
 */
export function openAdmin(parts: AdminParts): Promise<Listening> {
  const { host, port } = parts;
  return listen(adminApp(parts), { host, port, hostVariable: 'ADMIN_HOST', portVariable: 'ADMIN_PORT' });
}

function adminApp({ metrics, channels, linking, host, token, log }: AdminParts): Express {
  const assets = loadAssets();
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestLog(log, () => performance.now()));
  app.use(securityHeaders(false));
  app.use(operatorGuard({ host, token }));
  app.use('/assets', express.static(assetsDir, { index: false, redirect: false }));
  app.get('/', (_req, res) => res.redirect('/consola/canales'));
  app.get('/metrics', async (_req, res) => {
    const { contentType, text } = await metrics();
    res.set('Cache-Control', 'no-store').set('Content-Type', contentType).send(text);
  });
  app.get('/consola/canales', (_req, res) => {
    res
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(renderPage(ChannelsPage({ assets, channels: channels(), linking: linking?.() })));
  });
  app.all(['/', '/metrics', '/consola/canales'], onlyMethods(sendFault, 'GET', 'HEAD'));
  app.use(notFound(sendFault));
  app.use(errorHandler(sendFault, log));
  return app;
}

const sendFault: SendFault = (_req, res, { status, code, message }) => {
  res.status(status).set('Cache-Control', 'no-store').json({ error: { code, message } });
};
