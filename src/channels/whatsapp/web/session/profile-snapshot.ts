import { existsSync, renameSync, statSync } from 'node:fs';
import { chmod, cp, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { LOCK_NAMES } from './browser-of-profile.ts';

/** A copy of the profile, taken while no browser has it open. It holds the session, and the chats. */
export interface ProfileSnapshot {
  /** @returns whether there is one young enough to be worth a try */
  canRestore(now: Date): boolean;
  /** Replaces the one before. An abort leaves that one. */
  take(signal?: AbortSignal): Promise<void>;
  /** Puts it in the profile's place. */
  restore(): Promise<void>;
  drop(): Promise<void>;
}

/** Made again by the browser, and most of a profile's size. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...LOCK_NAMES,
  'Cache',
  'Code Cache',
  'GPUCache',
  'DawnCache',
  'DawnGraphiteCache',
  'DawnWebGPUCache',
  'GrShaderCache',
  'GraphiteDawnCache',
  'ShaderCache',
  'Crashpad',
  'BrowserMetrics',
  'DevToolsActivePort',
  'lockfile',
]);
const LEFT_OUT_OF_WORKERS: ReadonlySet<string> = new Set(['CacheStorage', 'ScriptCache']);
/** Some file systems let go of files a moment late. */
const REMOVAL = { recursive: true, force: true, maxRetries: 4, retryDelay: 250 } as const;

/**
 * @param profile folder of the profile
 * @param folder where the snapshot is kept, beside the profile on the same disk
 */
export function createProfileSnapshot(profile: string, folder: string, oldestMs: number): ProfileSnapshot {
  const [coming, going] = [`${folder}.new`, `${folder}.old`];
  /** A move that was cut off left either the old or the new one whole. */
  const mend = (): void => {
    if (!existsSync(folder) && existsSync(going)) renameSync(going, folder);
  };
  const swapIn = async (target: string): Promise<void> => {
    if (existsSync(target)) await rename(target, going);
    await rename(coming, target);
    await rm(going, REMOVAL);
  };
  return {
    canRestore: (now) => {
      mend();
      const taken = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
      return taken !== undefined && now.getTime() - taken <= oldestMs;
    },
    take: async (signal) => {
      mend();
      await rm(going, REMOVAL);
      await copyProfile(profile, coming, signal);
      await swapIn(folder);
    },
    restore: async () => {
      mend();
      await copyProfile(folder, coming);
      await rm(profile, REMOVAL);
      await rename(coming, profile);
    },
    drop: async () => {
      for (const path of [folder, coming, going]) await rm(path, REMOVAL);
    },
  };
}

async function copyProfile(from: string, to: string, signal?: AbortSignal): Promise<void> {
  await rm(to, REMOVAL);
  try {
    await cp(from, to, {
      recursive: true,
      filter: (path) => {
        signal?.throwIfAborted();
        return !isLeftOut(path, from);
      },
    });
    await chmod(to, 0o700);
  } catch (error) {
    await rm(to, REMOVAL);
    throw error;
  }
}

function isLeftOut(path: string, root: string): boolean {
  if (path === root) return false;
  const name = basename(path);
  return (
    LEFT_OUT.has(name) || (LEFT_OUT_OF_WORKERS.has(name) && basename(dirname(path)) === 'Service Worker')
  );
}
