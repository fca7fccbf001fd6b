import type { ServerResponse } from 'node:http';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { errorFacts } from './error-facts.ts';
import type { LocalRefusal } from './local-only.ts';

/** A request without credentials that does not come from this machine. */
export class StrangerError extends AppError {
  readonly reason: LocalRefusal;

  constructor(reason: LocalRefusal) {
    super('UNTRUSTED_REQUEST', `Teams has no credentials and takes only local requests (${reason}).`);
    this.reason = reason;
  }
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const STRANGER: Refusal = {
  status: 403,
  code: 'UNTRUSTED_REQUEST',
  message: 'Sin credenciales de Microsoft, esta dirección atiende solo a programas de esta misma máquina.',
};
const UNTRUSTED: Refusal = {
  status: 401,
  code: 'UNTRUSTED_REQUEST',
  message: 'No pudimos comprobar quién llama.',
};
const MALFORMED: Refusal = {
  status: 400,
  code: 'MALFORMED_REQUEST',
  message: 'No pudimos leer la solicitud. Revise su formato.',
};
const UNAVAILABLE: Refusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'Ahora mismo no podemos atender. Vuelva a intentar en unos segundos.',
};
const INTERNAL: Refusal = { status: 500, code: 'INTERNAL', message: 'Algo falló de nuestro lado.' };

/** Answers a request that was not taken: a plain JSON error to the caller, one line to the log, nothing internal. */
export function refuse(error: unknown, response: ServerResponse, log: Logger): void {
  const { status, code, message } = refusalOf(error);
  const reason = error instanceof StrangerError ? { reason: error.reason } : {};
  const facts = status >= 500 ? errorFacts(error) : {};
  log[status >= 500 ? 'error' : 'warn']({ status, code, ...reason, ...facts }, 'teams request refused');
  const retry = status === 503 ? { 'Retry-After': '5' } : {};
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...retry,
  });
  response.end(JSON.stringify({ error: { code, message } }));
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof StrangerError) return STRANGER;
  if (!(error instanceof AppError)) return INTERNAL;
  switch (error.code) {
    case 'UNTRUSTED_REQUEST':
      return UNTRUSTED;
    case 'MALFORMED_REQUEST':
      return MALFORMED;
    case 'CHANNEL_UNAVAILABLE':
      return UNAVAILABLE;
    default:
      return INTERNAL;
  }
}
