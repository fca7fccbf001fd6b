import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names one run of one process, so that a later process with the same pid is not taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start of the process in ticks since boot; null where the system does not tell. */
  readonly startTicks: string | null;
  /** Machine, boot and pid namespace: pids of two places cannot be compared. */
  readonly place: string;
  readonly host: string;
}

/** The identity of the process that asks. */
export function ownIdentity(): ProcessIdentity {
  const { pid } = process;
  return { pid, startTicks: startTicksOf(pid), place: ownPlace(), host: hostname() };
}

/** Whether that run is over. Only to be asked about processes of the asker's own place. */
export function isDead(identity: ProcessIdentity): boolean {
  if (!exists(identity.pid)) return true;
  const ticks = startTicksOf(identity.pid);
  return identity.startTicks !== null && ticks !== null && ticks !== identity.startTicks;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of /proc/<pid>/stat; the name before it is in brackets and may hold spaces. */
function startTicksOf(pid: number): string | null {
  const stat = readOrNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended: it holds no file any more.
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
}

function ownPlace(): string {
  const boot = readOrNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = readOrNull(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot ?? '-', namespace ?? '-'].join(' ');
}

function readOrNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
