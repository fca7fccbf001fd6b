import { AppError, RateLimitedError } from '../errors.ts';

/** What a caller is told when a request cannot be served. The message is for people and holds nothing internal. */
export interface Fault {
  readonly status: number;
  /** Stable name for programs. */
  readonly code: string;
  readonly message: string;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number;
}

/** The faults that routes name themselves. */
export const FAULTS = {
  badText: {
    status: 400,
    code: 'TEXT_INVALID',
    message: 'Escriba su pregunta en "text": entre 1 y 2,000 caracteres.',
  },
  notJson: {
    status: 415,
    code: 'UNSUPPORTED_TYPE',
    message: 'Mande la pregunta como JSON, con el encabezado "Content-Type: application/json".',
  },
  notFound: { status: 404, code: 'NOT_FOUND', message: 'No encontramos esa página.' },
  wrongMethod: { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'Esta dirección no acepta ese método.' },
} as const satisfies Record<string, Fault>;

const MALFORMED: Fault = {
  status: 400,
  code: 'MALFORMED_REQUEST',
  message: 'No pudimos leer la solicitud. Revise su formato.',
};
const TOO_LARGE: Fault = {
  status: 413,
  code: 'TOO_LARGE',
  message: 'El mensaje es demasiado largo. Escriba hasta 2,000 caracteres.',
};
const UNTRUSTED: Fault = {
  status: 401,
  code: 'UNTRUSTED_REQUEST',
  message: 'No pudimos comprobar quién llama.',
};
const LOCAL_ONLY: Fault = {
  status: 403,
  code: 'LOCAL_ONLY',
  message:
    'Teams necesita credenciales de Microsoft; sin ellas atiende solo a programas de esta misma máquina.',
};
const UNAVAILABLE: Fault = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'Ahora mismo no podemos responder. Espere unos segundos y vuelva a intentar.',
  retryAfter: 5,
};
const INTERNAL: Fault = {
  status: 500,
  code: 'INTERNAL',
  message: 'Algo falló de nuestro lado. Vuelva a intentar en unos minutos.',
};

/** The fault that an error comes to. Everything unforeseen is a 500 that says nothing of its cause. */
export function faultOf(error: unknown): Fault {
  if (error instanceof RateLimitedError) return tooMany(error.retryAfterMs);
  if (error instanceof AppError) return faultOfAppError(error);
  const status = statusOf(error);
  if (status === 413) return TOO_LARGE;
  if (status === 415) return FAULTS.notJson;
  if (status === 404) return FAULTS.notFound;
  return status >= 400 && status < 500 ? MALFORMED : INTERNAL;
}

/** What may succeed later is asked for again, whatever it was: a platform then repeats a message, and none is lost. */
function faultOfAppError(error: AppError): Fault {
  switch (error.code) {
    case 'MALFORMED_REQUEST':
      return MALFORMED;
    case 'UNTRUSTED_REQUEST':
      return UNTRUSTED;
    case 'LOCAL_ONLY':
      return LOCAL_ONLY;
    default:
      return error.retryable ? UNAVAILABLE : INTERNAL;
  }
}

function tooMany(retryAfterMs: number): Fault {
  const retryAfter = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  const wait = retryAfter === 1 ? '1 segundo' : `${retryAfter} segundos`;
  const message = `Hay muchas preguntas seguidas. Espere ${wait} y vuelva a intentar.`;
  return { status: 429, code: 'RATE_LIMITED', message, retryAfter };
}

/** Express and its body parsers put the status on the error. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('status' in error)) return 500;
  return typeof error.status === 'number' ? error.status : 500;
}
