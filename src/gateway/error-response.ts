import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { FAULTS, type Fault, faultOf } from './fault.ts';
import { ErrorPage } from './pages/error-page.tsx';
import { renderPage } from './pages/render-page.ts';
import type { Site } from './pages/site.ts';
import { requestId } from './request-log.ts';

/** Answers with a fault: as a page for whoever prefers HTML, as JSON for everybody else and under /api/. */
export type SendFault = (req: Request, res: Response, fault: Fault) => void;

/** @param site what the error page shows around the message */
export function createSendFault(site: Site): SendFault {
  return (req, res, fault) => {
    res.status(fault.status).set('Cache-Control', 'no-store').vary('Accept');
    if (fault.retryAfter !== undefined) res.set('Retry-After', String(fault.retryAfter));
    const wantsPage = !req.path.startsWith('/api/') && req.accepts(['json', 'html']) === 'html';
    if (wantsPage) res.type('html').send(renderPage(ErrorPage({ site, fault })));
    else res.json({ error: { code: fault.code, message: fault.message } });
  };
}

/** Answers what no route took. */
export function notFound(send: SendFault): RequestHandler {
  return (req, res) => send(req, res, FAULTS.notFound);
}

/** Answers a method that the address does not take, naming those it does. */
export function onlyMethods(send: SendFault, ...methods: readonly string[]): RequestHandler {
  return (req, res) => {
    res.set('Allow', methods.join(', '));
    send(req, res, FAULTS.wrongMethod);
  };
}

/** The one place where errors become responses. */
export function errorHandler(send: SendFault, log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const fault = faultOf(error);
    logFault(log, res, fault, error);
    if (res.headersSent) next(error);
    else send(req, res, fault);
  };
}

/**
 * Logs a fault. A caller's mistake is logged without the error: a parser's message quotes what the person wrote. Who was
 * turned away is worth a warning with the reason, which Orienta's own errors say without anybody's words.
 */
export function logFault(log: Logger, res: Response, fault: Fault, error: unknown): void {
  const about = { request: requestId(res), status: fault.status, code: fault.code };
  if (fault.status === 401 || fault.status === 403) {
    log.warn({ ...about, reason: error instanceof AppError ? error.message : undefined }, 'caller refused');
    return;
  }
  if (fault.status < 500) {
    log.debug(about, 'request refused');
    return;
  }
  const cause = error instanceof AppError ? error.cause : undefined;
  log.error({ ...about, err: describe(error), cause: describe(cause) }, 'request failed');
}

function describe(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
