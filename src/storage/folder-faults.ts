import { AppError } from '../errors.ts';

/** The one sentence for a folder that cannot be written, or has no room. */
export function unwritable(folder: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOSPC') return outOfRoom(folder, cause);
  return new AppError(
    'STORE_UNUSABLE',
    `No se puede escribir en la carpeta de datos ${folder}. Dé permiso de escritura a quien ejecuta Orienta o elija otra con DATA_DIR.`,
    { cause },
  );
}

/** The one sentence for a full disk. */
export function outOfRoom(folder: string, cause: unknown): AppError {
  return new AppError(
    'STORE_UNUSABLE',
    `No queda espacio en el disco de la carpeta de datos ${folder}. Libere espacio y vuelva a iniciar Orienta.`,
    { cause },
  );
}
