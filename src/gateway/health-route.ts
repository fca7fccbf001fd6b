import { Router } from 'express';
import type { ChannelStatus } from '../channels/channel.ts';

/** Whether each part Orienta needs to answer is there. */
export interface Readiness {
  readonly database: boolean;
  /** `development`: what is at rest is sealed with a key that lies beside it. */
  readonly keys: 'development' | 'environment';
  readonly knowledge: boolean;
  /** `exact` when the graph could not be opened: right, though slower. */
  readonly index: 'hnsw' | 'exact';
  /** By name. One that is ready is enough: a channel that is down must not take the others with it. */
  readonly channels: Readonly<Record<string, ChannelStatus>>;
}

/** `/healthz`: the process lives. `/readyz`: it can answer, part by part. */
export function healthRoutes(readiness: () => Promise<Readiness>): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const { database, keys, knowledge, index, channels } = await readiness();
    const states = Object.fromEntries(Object.entries(channels).map(([name, status]) => [name, status.state]));
    const isReady = database && knowledge && Object.values(states).includes('ready');
    res
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: isReady ? 'ok' : 'unavailable',
        checks: { database: word(database), keys, knowledge: word(knowledge), index, channels: states },
        ...missing(channels),
      });
  });
  return router;
}

/** What does not work and what to do about it, in sentences for operators. */
function missing(channels: Readiness['channels']): { readonly help?: Readonly<Record<string, string>> } {
  const said = Object.entries(channels).flatMap(([name, status]) =>
    status.state === 'off' || status.reason === undefined ? [] : [[name, status.reason] as const],
  );
  return said.length === 0 ? {} : { help: Object.fromEntries(said) };
}

function word(isThere: boolean): 'ok' | 'missing' {
  return isThere ? 'ok' : 'missing';
}
