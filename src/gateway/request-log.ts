import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from '../log.ts';
import type { RequestFacts, RequestScope } from './request-scope.ts';

/**
 * Gives each request an id, tells it to the caller in `X-Request-Id` and logs one line when the response has gone.
 * The line names the route's pattern and the turn that the request opened: neither addresses, queries nor bodies are
 * logged.
 */
export function requestLog(log: Logger, nowMs: () => number, scope?: RequestScope): RequestHandler {
  return (req, res, next) => {
    const started = nowMs();
    const facts: RequestFacts = {};
    res.setHeader('X-Request-Id', randomUUID());
    res.once('close', () => {
      const route: unknown = req.route;
      log.info(
        {
          request: requestId(res),
          turn: facts.turn,
          method: req.method,
          route: patternOf(route),
          status: res.statusCode,
          ms: Math.round(nowMs() - started),
          complete: res.writableFinished,
        },
        'request',
      );
    });
    if (scope === undefined) next();
    else scope.run(facts, next);
  };
}

/** The id that {@link requestLog} gave the request. */
export function requestId(res: Response): string {
  return String(res.getHeader('X-Request-Id') ?? '');
}

function patternOf(route: unknown): string {
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'none';
  return String(route.path);
}
