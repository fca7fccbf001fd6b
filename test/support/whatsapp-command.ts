import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { CLI } from './run-orienta.ts';

/** `orienta whatsapp link` at work: it ends once the phone is linked. */
export interface LinkCommand {
  /** What it has drawn so far. */
  stdout(): string;
  /** Its exit code, once it ends. */
  readonly ended: Promise<number | null>;
}

export function startLinkCommand(env: Readonly<Record<string, string>>): LinkCommand {
  const child = spawn(process.execPath, [CLI, 'whatsapp', 'link'], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  return { stdout: () => stdout, ended: once(child, 'close').then(() => child.exitCode) };
}
