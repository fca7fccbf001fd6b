import { Router } from 'express';
import type { ChannelStatus } from '../channels/channel.ts';

/** Whether each part Orienta needs to answer is there. */
export interface Readiness {
  readonly knowledge: boolean;
  readonly index: boolean;
  /** By name. One that is ready is enough: a channel that is down must not take the others with it. */
  readonly channels: Readonly<Record<string, ChannelStatus>>;
}

/** `/healthz`: the process lives. `/readyz`: it can answer, part by part. */
export function healthRoutes(readiness: () => Readiness): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', (_req, res) => {
    const { knowledge, index, channels } = readiness();
    const states = Object.fromEntries(Object.entries(channels).map(([name, status]) => [name, status.state]));
    const isReady = knowledge && index && Object.values(states).includes('ready');
    res
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: isReady ? 'ok' : 'unavailable',
        checks: { knowledge: word(knowledge), index: word(index), channels: states },
      });
  });
  return router;
}

function word(isThere: boolean): 'ok' | 'missing' {
  return isThere ? 'ok' : 'missing';
}
