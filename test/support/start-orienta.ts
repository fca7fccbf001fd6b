import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '#src/paths.ts';

/** The real process, started as `npm start` does. */
export interface RunningOrienta {
  /** Where the chat page is, from the process's own welcome. */
  readonly address: string;
  readonly welcome: string;
  /** Its log so far. */
  log(): string;
  /** Sends SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
}

/** Starts the compiled main on a free port and waits until it says that it is ready. */
export async function startOrienta(env: Readonly<Record<string, string>>): Promise<RunningOrienta> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/main.js')], {
    cwd: packageRoot,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
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
  return { address, welcome, log: () => log, stop: () => stop(child) };
}

async function ready(child: ChildProcess, isReady: () => boolean, log: () => string): Promise<void> {
  while (!isReady()) {
    if (child.exitCode !== null)
      throw new Error(`Orienta stopped at start with ${child.exitCode}:\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode;
}
