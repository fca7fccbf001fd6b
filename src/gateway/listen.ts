import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { AppError } from '../errors.ts';
import { localUrl } from '../local-url.ts';

/** Where to listen; port 0 picks a free one. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  /** The variables that a fault names, where they are not PORT and HOST. */
  readonly portVariable?: string;
  readonly hostVariable?: string;
}

/** A server that takes requests. */
export interface Listening {
  /** The address by which this machine itself reaches it, with the port that was really taken. */
  readonly address: string;
  /** Takes no new requests, finishes those under way within ten seconds, then cuts. Safe to call twice. */
  close(): Promise<void>;
}

const GRACE_MS = 10_000;
const IDLE_CHECK_MS = 50;
/** A phone on a slow line needs a while for 32 KB; nobody needs longer. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Serves HTTP on a port.
 * @throws {AppError} `PORT_IN_USE` when another process has the port; `CONFIG_INVALID` when the port or the address
 * cannot be used here
 */
export async function listen(handler: RequestListener, options: ListenOptions): Promise<Listening> {
  const { port, host } = options;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, handler);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(cause, options);
  }
  let closing: Promise<void> | undefined;
  return {
    address: addressOf(server, host),
    close: () => {
      closing ??= close(server);
      return closing;
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection that goes idle after close() was called would be kept alive until its own timeout.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(grace);
}

function addressOf(server: Server, host: string): string {
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return localUrl(host, port);
}

function listenError(
  cause: unknown,
  { port, host, portVariable = 'PORT', hostVariable = 'HOST' }: ListenOptions,
): AppError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    const message = `El puerto ${port} de ${host} ya está en uso. Cierre el otro programa o ponga otro puerto en ${portVariable} (0 elige uno libre).`;
    return new AppError('PORT_IN_USE', message, { cause });
  }
  const message = `No se pudo escuchar en ${host}:${port} (${String(code)}). Revise ${hostVariable} y ${portVariable}.`;
  return new AppError('CONFIG_INVALID', message, { cause });
}
