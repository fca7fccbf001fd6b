import { readdir, readFile } from 'node:fs/promises';

interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly bytes: number;
}

/**
 * Resident memory of this process and all its descendants, in bytes. Program files that they share are left out, as each
 * of a browser's many processes would count them again. Off Linux: this process alone.
 */
export async function residentBytes(folder = '/proc', root = process.pid): Promise<number> {
  const processes = await readProcesses(folder);
  if (processes.length === 0) return process.memoryUsage.rss();
  const family = new Set([root]);
  // Parents may be listed after their children.
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.filter(({ pid }) => family.has(pid)).reduce((sum, { bytes }) => sum + bytes, 0);
}

async function readProcesses(folder: string): Promise<readonly ProcessFacts[]> {
  const names = await readdir(folder).catch(() => []);
  const read = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readOne(folder, name)),
  );
  return read.filter((facts) => facts !== undefined);
}

async function readOne(folder: string, pid: string): Promise<ProcessFacts | undefined> {
  const status = await readFile(`${folder}/${pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { pid: Number(pid), parent: figure('PPid'), bytes: (figure('RssAnon') + figure('RssShmem')) * 1024 };
}
