import express, { Router } from 'express';
import type { Logger } from '../log.ts';
import { logFault, onlyMethods, type SendFault } from './error-response.ts';
import type { Fault } from './fault.ts';

/** A door of WhatsApp that Meta calls; it checks the signature itself, over the bytes as they came. */
export interface WhatsAppEndpoint {
  /** @returns the challenge to send back; undefined when whoever asks does not know the verify token */
  readonly verify: (query: Readonly<Record<string, unknown>>) => string | undefined;
  readonly handle: (body: Uint8Array, signature: string | undefined) => Promise<void>;
}

/** Meta joins up to a thousand updates in a request and keeps it under 3 MB. */
const BODY_LIMIT = '4mb';
const NOT_VERIFIED: Fault = {
  status: 403,
  code: 'UNTRUSTED_REQUEST',
  message: 'No pudimos comprobar quién llama.',
};

/**
 * Where Meta registers and posts. Requests are not limited: one of Meta's holds the messages of many people, and one
 * that is refused comes again. Anybody else's fails at the signature.
 */
export function whatsappRoutes(whatsapp: WhatsAppEndpoint, sendFault: SendFault, log: Logger): Router {
  const router = Router();
  router.get('/api/whatsapp', (req, res) => {
    const challenge = whatsapp.verify(req.query);
    if (challenge === undefined) {
      logFault(log, res, NOT_VERIFIED, undefined);
      sendFault(req, res, NOT_VERIFIED);
      return;
    }
    res.set('Cache-Control', 'no-store').type('text/plain').send(challenge);
  });
  router.post(
    '/api/whatsapp',
    express.raw({ type: () => true, limit: BODY_LIMIT, inflate: false }),
    async (req, res) => {
      const body: unknown = req.body;
      await whatsapp.handle(
        body instanceof Uint8Array ? body : Buffer.alloc(0),
        req.get('x-hub-signature-256'),
      );
      res.sendStatus(200);
    },
  );
  router.all('/api/whatsapp', onlyMethods(sendFault, 'GET', 'POST'));
  return router;
}
