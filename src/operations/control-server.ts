import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { errorCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import { findSocketPath, isAnswered, makeSocketFolder, type SocketPath } from './control-socket.ts';
import {
  faultAnswer,
  type Operation,
  type OperationAnswer,
  type Operations,
  operationSchema,
  perform,
} from './operations.ts';

/** The running process's ear for commands. */
export interface ControlServer {
  /** Takes no more commands, lets those under way end. Safe to call twice. */
  close(): Promise<void>;
}

const LONGEST_REQUEST = 64 * 1024;

/**
 * Listens for commands on a socket under `dataDir` that its owner alone can open. Where it cannot be had, commands
 * are told to stop the process first; that is logged and no reason not to serve people.
 */
export async function openControlServer(
  dataDir: string,
  operations: Operations,
  log: Logger,
): Promise<ControlServer> {
  const server = createServer((request, response) => {
    answer(request, operations, log).then(
      (body) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body)),
      () => response.destroy(),
    );
  });
  let socket: SocketPath | undefined;
  try {
    makeSocketFolder(dataDir);
    socket = findSocketPath(dataDir);
    if (socket !== undefined) await listen(server, socket.path);
  } catch (error) {
    socket?.release();
    log.warn({ error: codeOf(error) }, 'control socket not opened');
    return { close: async () => {} };
  }
  let closing: Promise<void> | undefined;
  return {
    close: () => {
      closing ??= close(server).finally(() => socket?.release());
      return closing;
    },
  };
}

/** On PGlite the data folder's lock is held, so a socket that is there is a dead process's; on a server it need not be. */
async function listen(server: Server, path: string): Promise<void> {
  if (await isAnswered(path)) return;
  rmSync(path, { force: true });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

async function answer(
  request: IncomingMessage,
  operations: Operations,
  log: Logger,
): Promise<OperationAnswer> {
  const operation = operationSchema.safeParse(await readJson(request));
  if (!operation.success) {
    const message = 'El proceso en marcha no conoce este comando: es de otra versión. Reinicie Orienta.';
    return { fault: { code: 'MALFORMED_REQUEST', message } };
  }
  const { kind } = operation.data;
  try {
    const result = await perform(operations, operation.data);
    if (!isLook(operation.data)) log.info({ operation: kind }, 'command done');
    return { result };
  } catch (error) {
    log.warn({ operation: kind, error: errorCode(error) }, 'command failed');
    return faultAnswer(error);
  }
}

/** Looking changes nothing, and who waits for a phone looks every second. */
function isLook(operation: Operation): boolean {
  return operation.kind === 'ping' || (operation.kind === 'whatsapp-link' && !operation.begin);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LONGEST_REQUEST) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : errorCode(error);
}
