import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';

const FOLDER = 'control';
const NAME = 'orienta.sock';
/** The kernel takes paths of sockets up to 103 bytes (macOS) or 107 (Linux). */
const LONGEST_PATH = 100;
const OPEN_FOLDERS = '/proc/self/fd';

/** The way to the control socket of a data folder. */
export interface SocketPath {
  readonly path: string;
  /** Gives back what stands for a folder whose path is too long. Call it when the socket is not used any more. */
  release(): void;
}

/** Makes the socket's folder, its owner's alone. */
export function makeSocketFolder(dataDir: string): void {
  const folder = join(dataDir, FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/** @returns undefined where there is no folder for the socket, and so nobody who listens */
export function findSocketPath(dataDir: string): SocketPath | undefined {
  const folder = join(dataDir, FOLDER);
  if (!existsSync(folder)) return undefined;
  const path = join(folder, NAME);
  if (Buffer.byteLength(path) <= LONGEST_PATH || !existsSync(OPEN_FOLDERS))
    return { path, release: () => {} };
  // Linux offers every open folder under a short name.
  const opened = openSync(folder, 'r');
  return { path: join(OPEN_FOLDERS, String(opened), NAME), release: () => closeSync(opened) };
}

/** Whether somebody listens there. A killed process leaves its socket behind: then nobody does. */
export async function isAnswered(path: string): Promise<boolean> {
  const socket = createConnection(path);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return false;
    throw error;
  } finally {
    socket.destroy();
  }
}
