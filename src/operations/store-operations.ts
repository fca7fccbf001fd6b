import { AppError } from '../errors.ts';
import { createBackup, restoreBackup } from '../storage/backup.ts';
import { verifyBackupFolder } from '../storage/backup-files.ts';
import type { Store } from '../storage/store.ts';
import type { OpenData } from './open-data.ts';
import type { DataToRestore } from './open-for-restore.ts';
import type { LinkRequest, LinkStatus, Operations } from './operations.ts';

/** What the operations work on, each opened when an operation first needs it. */
export interface StoreOperationsParts {
  readonly data: () => Promise<OpenData>;
  readonly dataToRestore: () => Promise<DataToRestore>;
  /** A restore does without: it has to work where the store cannot be opened. */
  readonly store: (data: OpenData) => Promise<Pick<Store, 'deadLetters'>>;
  /** Runs a restore while nobody else uses the store, and opens it anew afterwards. */
  readonly whileSuspended: <T>(work: () => Promise<T>) => Promise<T>;
  /** Absent where no process serves people: the number belongs to the one that does. */
  readonly linkWhatsApp?: (request: LinkRequest) => Promise<LinkStatus>;
}

/** The operations on a store that this process has, or may have, open. */
export function createStoreOperations(parts: StoreOperationsParts): Operations {
  const { data, dataToRestore, store, whileSuspended, linkWhatsApp = nobodyServes } = parts;
  const deadLetters = async () => (await store(await data())).deadLetters;
  return {
    listDeadLetters: async () => (await deadLetters()).list(),
    resendDeadLetter: async (idOrCase) => (await deadLetters()).resend(idOrCase),
    async backup(folder) {
      const { files, keyIds } = await createBackup(await data(), folder);
      return { rows: files.reduce((sum, { rows }) => sum + rows, 0), keyIds };
    },
    async restore(folder) {
      // Looked at first: a damaged backup interrupts nobody and moves nothing.
      await verifyBackupFolder(folder);
      const { setAside, ...into } = await dataToRestore();
      const erasures = await whileSuspended(() => restoreBackup(into, folder));
      return { erasures, setAside };
    },
    linkWhatsApp,
  };
}

async function nobodyServes(): Promise<never> {
  throw new AppError(
    'CHANNEL_UNAVAILABLE',
    'Orienta no está en marcha. Arránquela con WHATSAPP_ENABLED=true (npm start) y repita este comando en otra terminal.',
  );
}
