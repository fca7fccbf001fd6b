import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { openStore } from '../storage/sql-store.ts';
import { connectToRunning } from './control-client.ts';
import { openData } from './open-data.ts';
import { type DataToRestore, openForRestore } from './open-for-restore.ts';
import type { Operations } from './operations.ts';
import { createStoreOperations } from './store-operations.ts';

/** The operations for one command. */
export interface OpenedOperations {
  /** `running`: done by the process that is serving people; `alone`: nobody else has the store. */
  readonly by: 'running' | 'alone';
  readonly operations: Operations;
  close(): Promise<void>;
}

/**
 * Asks the process that runs on the data folder; only when none does, an operation opens the store itself.
 * @throws {AppError} `STORE_LOCKED` when the process cannot be asked. Operations throw it too, when another command is
 * at work, and what opening the store throws.
 */
export async function openOperations(config: Config): Promise<OpenedOperations> {
  const running = await connectToRunning(config.DATA_DIR);
  if (running !== undefined) {
    return { by: 'running', operations: running.operations, close: async () => running.close() };
  }
  const log = createLog('silent');
  let opening: Promise<DataToRestore> | undefined;
  const open = (how: () => Promise<DataToRestore>): Promise<DataToRestore> => {
    opening ??= how();
    return opening;
  };
  const operations = createStoreOperations({
    data: () => open(async () => ({ ...(await openData(config, log)), setAside: undefined })),
    dataToRestore: () => open(() => openForRestore(config, log)),
    store: (data) => openStore(data),
    whileSuspended: (work) => work(),
  });
  const close = async (): Promise<void> => {
    const data = await opening?.catch(() => undefined);
    await data?.database.close();
  };
  return { by: 'alone', operations, close };
}
