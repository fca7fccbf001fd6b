import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { findSocketPath, isAnswered, type SocketPath } from './control-socket.ts';
import {
  answerSchema,
  backupDoneSchema,
  deadLetterSchema,
  linkStatusSchema,
  type Operation,
  type Operations,
  restoreDoneSchema,
} from './operations.ts';

/** The operations of a running process. */
export interface ControlClient {
  readonly operations: Operations;
  close(): void;
}

/**
 * @returns undefined when no process runs on this data folder
 * @throws {AppError} `STORE_LOCKED` when one runs that this user may not command
 */
export async function connectToRunning(dataDir: string): Promise<ControlClient | undefined> {
  let socket: SocketPath | undefined;
  try {
    socket = findSocketPath(dataDir);
    if (socket === undefined) return undefined;
    if (await isAnswered(socket.path)) return { operations: remote(socket.path), close: socket.release };
  } catch (cause) {
    socket?.release();
    throw new AppError(
      'STORE_LOCKED',
      `No se puede hablar con el proceso que usa ${dataDir}. Ejecute el comando con el mismo usuario que Orienta.`,
      { cause },
    );
  }
  socket.release();
  return undefined;
}

function remote(path: string): Operations {
  const call = async <Result>(operation: Operation, schema: z.ZodType<Result>): Promise<Result> => {
    const answered = answerSchema.parse(await exchange(path, operation));
    if ('fault' in answered) throw new AppError(answered.fault.code, answered.fault.message);
    return schema.parse(answered.result);
  };
  return {
    listDeadLetters: () => call({ kind: 'list-dead-letters' }, z.array(deadLetterSchema)),
    resendDeadLetter: (idOrCase) => call({ kind: 'resend-dead-letter', idOrCase }, deadLetterSchema),
    backup: (folder) => call({ kind: 'backup', folder }, backupDoneSchema),
    restore: (folder) => call({ kind: 'restore', folder }, restoreDoneSchema),
    linkWhatsApp: (link) => call({ kind: 'whatsapp-link', ...link }, linkStatusSchema),
  };
}

/** No time limit: a backup takes as long as it takes. */
async function exchange(socketPath: string, operation: Operation): Promise<unknown> {
  try {
    const asking = request({ socketPath, method: 'POST', path: '/' });
    asking.end(JSON.stringify(operation));
    const [response]: IncomingMessage[] = await once(asking, 'response');
    let text = '';
    for await (const chunk of response ?? []) text += String(chunk);
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      'STORE_UNAVAILABLE',
      'El proceso de Orienta se detuvo antes de contestar. Repita el comando.',
      { retryable: true, cause },
    );
  }
}
