import { loadEnvFile } from 'node:process';
import { AppError } from './errors.ts';

/**
 * Adds the variables of a .env file to the environment; those that are set already stay as they are. No file, no change.
 * @param path by default `.env` in the folder where the command was started
 * @throws {AppError} `CONFIG_INVALID` when there is a file that cannot be read
 */
export function loadEnv(path = '.env'): void {
  try {
    loadEnvFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw new AppError('CONFIG_INVALID', `No se puede leer ${path}. Revise sus permisos o quítelo.`, {
      cause,
    });
  }
}
