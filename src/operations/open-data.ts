import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { type DataKeys, loadDataKeys } from '../storage/data-keys.ts';
import { type Database, openDatabase } from '../storage/database.ts';

/** The database of this installation and the keys of what is sealed in it. */
export interface OpenData {
  readonly database: Database;
  readonly keys: DataKeys;
}

/** @throws {AppError} `KEY_INVALID`, or what {@link openDatabase} throws */
export async function openData(config: Config, log: Logger): Promise<OpenData> {
  const keys = loadDataKeys({
    dataKeys: config.DATA_KEYS?.reveal(),
    dataDir: config.DATA_DIR,
    production: config.NODE_ENV === 'production',
  });
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL?.reveal(),
    dataDir: config.DATA_DIR,
    log,
  });
  return { database, keys };
}
