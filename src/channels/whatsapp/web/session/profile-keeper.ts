import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorCode } from '../../../../errors.ts';
import type { Logger } from '../../../../log.ts';
import { makeFolder } from '../../../../make-folder.ts';
import type { ProfileTask } from '../supervision.ts';
import { killBrowsersOf, removeStaleLocks } from './browser-of-profile.ts';
import { createProfileSnapshot } from './profile-snapshot.ts';

/** The files of the session. No call but `canRestore` and `dropSnapshot` while the child runs. */
export interface ProfileKeeper {
  /** Folder of the profile, as Chromium is told it. */
  readonly profile: string;
  /**
   * Does the task and leaves a profile that a browser can open.
   * @throws {Error} Node's own, when the folder cannot be used
   */
  prepare(task: ProfileTask, signal?: AbortSignal): Promise<void>;
  canRestore(): boolean;
  /** Deletes what snapshots hold of the chats. */
  dropSnapshot(): Promise<void>;
  /** Ends what is left of the browser. */
  endBrowser(): void;
}

/** What the files are kept with. */
export interface ProfileKeeperParts {
  readonly sessionDir: string;
  readonly snapshotAgeMs: number;
  readonly now: () => Date;
  readonly log: Logger;
}

/** The name under which whatsapp-web.js keeps the session; a new name would be a new, unlinked one. */
export const CLIENT_ID = 'orienta';

export function createProfileKeeper(parts: ProfileKeeperParts): ProfileKeeper {
  const { now, log, snapshotAgeMs } = parts;
  const sessionDir = resolve(parts.sessionDir);
  const profile = join(sessionDir, `session-${CLIENT_ID}`);
  const snapshot = createProfileSnapshot(profile, join(sessionDir, `snapshot-${CLIENT_ID}`), snapshotAgeMs);
  let isWipeDue = false;

  const wipe = async (): Promise<void> => {
    isWipeDue = true;
    await rm(profile, { recursive: true, force: true, maxRetries: 4, retryDelay: 250 });
    await snapshot.drop();
    isWipeDue = false;
  };
  const doTask = async (task: ProfileTask, signal?: AbortSignal): Promise<void> => {
    if (task === 'wipe' || isWipeDue) await wipe();
    else if (task === 'restore') await snapshot.restore();
    else if (task === 'snapshot') await snapshot.take(signal);
  };

  return {
    profile,
    prepare: async (task, signal) => {
      makeFolder(sessionDir, 0o700);
      killBrowsersOf(profile);
      removeStaleLocks(profile);
      if (!snapshot.canRestore(now())) await snapshot.drop();
      await doTask(task, signal).catch((error: unknown) =>
        log.error({ task, error: errorCode(error) }, 'the WhatsApp profile was left as it is'),
      );
      makeFolder(profile, 0o700);
    },
    canRestore: () => snapshot.canRestore(now()),
    dropSnapshot: snapshot.drop,
    endBrowser: () => killBrowsersOf(profile),
  };
}
