import { AppError, UsageError } from '../../../../errors.ts';
import type { Supervisor } from '../supervisor.ts';
import type { LinkingBoard } from './linking.ts';

/** What asking for a pairing code works with. */
export interface PairingParts {
  readonly board: LinkingBoard;
  readonly supervisor: Pick<Supervisor, 'ask' | 'link' | 'state'>;
  readonly requestMs: number;
  /** Longest from the start of the child to its first QR. */
  readonly startingMs: number;
}

const PHONE = /^\d{8,15}$/;

/**
 * @param phone digits with the country code
 * @returns what is to be typed on the phone
 * @throws {AppError} `USAGE` or `CHANNEL_UNAVAILABLE`
 */
export async function requestPairingCode(parts: PairingParts, phone: string): Promise<string> {
  if (!PHONE.test(phone)) throw new UsageError('Escriba el número con su código de país, solo cifras.');
  if (isLinked(parts.supervisor)) throw linked();
  parts.supervisor.link();
  await codeIsAskedFor(parts);
  const value = await parts.supervisor
    .ask({ type: 'pair', phone }, { timeoutMs: parts.requestMs })
    .catch(() => undefined);
  const code = typeof value === 'string' && value !== '' ? value : parts.board.current()?.pairingCode;
  if (code === undefined) throw noCode();
  return code;
}

/** WhatsApp gives pairing codes while it offers a QR. */
function codeIsAskedFor({ board, startingMs }: PairingParts): Promise<void> {
  const isOffered = (): boolean => board.current()?.state === 'waiting';
  if (isOffered()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stopListening();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(noCode())), startingMs);
    const stopListening = board.onChange(() => isOffered() && end(resolve));
  });
}

function noCode(): AppError {
  return new AppError(
    'CHANNEL_UNAVAILABLE',
    'WhatsApp no dio un código ahora. Espere un minuto y pídalo de nuevo, o lea el QR con el teléfono.',
    { retryable: true },
  );
}

function isLinked({ state: { phase } }: PairingParts['supervisor']): boolean {
  return phase.kind === 'running' && (phase.client === 'ready' || phase.client === 'degraded');
}

function linked(): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', 'WhatsApp ya está enlazado: no hace falta un código.');
}
