import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/*
 * Chromium runs in its own process group (puppeteer starts it so), and outlives a child that was killed. Only its
 * profile tells whose it is.
 */

/** What Chromium leaves in a profile while it runs, and for ever when it is killed. */
export const LOCK_NAMES: readonly string[] = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];

/** Kills every browser that has the profile open. The caller owns the profile. */
export function killBrowsersOf(profile: string): void {
  for (const pid of browsersOf(profile)) killGroup(pid, 'SIGKILL');
}

/** Removes the locks of a browser that is gone; those of one that lives stay. */
export function removeStaleLocks(profile: string): void {
  if (isLocked(profile)) return;
  for (const name of LOCK_NAMES) rmSync(join(profile, name), { force: true });
}

/** Signals a process and what it started, unless that made a group of its own. Nothing happens when it is gone. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  if (!signalled(-pid, signal)) signalled(pid, signal);
}

/** Kills what a process that is gone started and left in its group. Its own number may be somebody else's by now. */
export function killRest(pid: number): void {
  signalled(-pid, 'SIGKILL');
}

/** @returns false when it is gone, or is no group */
function signalled(target: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    return false;
  }
}

function isLocked(profile: string): boolean {
  const holder = lockHolder(profile);
  // The name of a container's host changes with every start: a lock of another host is left over.
  if (holder === undefined || holder.host !== hostname() || !isAlive(holder.pid)) return false;
  const line = commandOf(holder.pid);
  // The system may have given the number to somebody else; where it does not say, the lock counts.
  return line === undefined || opens(line, profile);
}

function browsersOf(profile: string): readonly number[] {
  const pids = processIds();
  if (pids !== undefined) {
    return pids.filter((pid) => pid !== process.pid && opens(commandOf(pid) ?? '', profile));
  }
  const holder = lockHolder(profile);
  return holder !== undefined && holder.host === hostname() && isAlive(holder.pid) ? [holder.pid] : [];
}

/** The lock is a link whose target is `host-pid`. */
function lockHolder(profile: string): { readonly host: string; readonly pid: number } | undefined {
  try {
    const [, host = '', pid = ''] = /^(.*)-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock'))) ?? [];
    return pid === '' ? undefined : { host, pid: Number(pid) };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function opens(command: string, profile: string): boolean {
  return `${command} `.includes(` --user-data-dir=${profile} `);
}

/** @returns undefined where the system has no /proc */
function processIds(): readonly number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** The command line with spaces between the words: Chromium rewrites its own so. Empty when the process is gone. */
function commandOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
