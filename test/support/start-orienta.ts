import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '#src/paths.ts';

/** The real process, started as `npm start` does. */
export interface RunningOrienta {
  /** Where the chat page is, from the process's own welcome. */
  readonly address: string;
  /** Where operators look. */
  readonly adminAddress: string;
  readonly welcome: string;
  /** Its log so far. */
  log(): string;
  /** Sends SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
  /** Sends SIGKILL and waits until nothing of it is left. */
  kill(): Promise<void>;
  /** Whether it ended, however it came to it. */
  hasEnded(): boolean;
}

/** Starts the compiled main on a free port and waits until it says that it is ready. */
export async function startOrienta(env: Readonly<Record<string, string>>): Promise<RunningOrienta> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/main.js')], {
    // Away from the checkout, so that a developer's own .env changes nothing.
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], PORT: '0', ADMIN_PORT: '0', ...env },
  });
  let welcome = '';
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => {
    welcome += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  await ready(
    child,
    () => welcome.includes('Normas y trámites'),
    () => log,
  );
  const address = /http:\/\/[\d.]+:\d+/.exec(welcome)?.[0] ?? '';
  const adminAddress = /Consola[^\n]*(http:\/\/[\d.]+:\d+)/.exec(welcome)?.[1] ?? '';
  return {
    address,
    adminAddress,
    welcome,
    log: () => log,
    stop: () => stop(child),
    kill: () => kill(child),
    hasEnded: () => hasEnded(child),
  };
}

async function ready(child: ChildProcess, isReady: () => boolean, log: () => string): Promise<void> {
  while (!isReady()) {
    if (hasEnded(child)) {
      const how = child.exitCode ?? child.signalCode;
      throw new Error(`Orienta stopped at start with ${how}:\n${log()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (!hasEnded(child)) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  return child.exitCode;
}

async function kill(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** A process that a signal ended has no exit code. */
function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
