import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { type OpenData, openData } from './open-data.ts';

/** What a restore writes into. */
export interface DataToRestore extends OpenData {
  /** Where the database went that could not be opened. */
  readonly setAside: string | undefined;
}

/**
 * Opens the data for a restore. An embedded database that cannot be opened is set aside, whole, and a new one is made:
 * it is what backups are for. Where that does not help either, it is put back.
 * @throws {AppError} what {@link openData} throws
 */
export async function openForRestore(config: Config, log: Logger): Promise<DataToRestore> {
  try {
    return { ...(await openData(config, log)), setAside: undefined };
  } catch (error) {
    const folder = join(config.DATA_DIR, 'db');
    const isEmbedded = config.DATABASE_URL === undefined && existsSync(folder);
    if (!isEmbedded || !(error instanceof AppError) || error.code !== 'STORE_UNUSABLE') throw error;
    const setAside = `${folder}.${new Date().toISOString().replace(/[:.]/g, '-')}`;
    renameSync(folder, setAside);
    try {
      return { ...(await openData(config, log)), setAside };
    } catch {
      rmSync(folder, { recursive: true, force: true });
      renameSync(setAside, folder);
      throw error;
    }
  }
}
