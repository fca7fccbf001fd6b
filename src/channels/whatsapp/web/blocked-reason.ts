import { AppError } from '../../../errors.ts';

/** Why the child cannot be started, for operators. */
export function startReason(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : 'No se pudo arrancar el proceso de WhatsApp en esta máquina. Revise la memoria y los procesos que corren.';
}

/** Why the session's folder cannot be used, for operators. */
export function folderReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `No se puede usar la carpeta de la sesión de WhatsApp${code}. Revise WHATSAPP_SESSION_DIR y sus permisos.`;
}
