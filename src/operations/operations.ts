import { z } from 'zod';
import { AppError, type ErrorCode } from '../errors.ts';
import type { DeadLetter } from '../storage/dead-letters.ts';

/** What a command may ask of whoever has the store open. Folders are absolute: both sides have their own idea of `.`. */
export const operationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ping') }),
  z.strictObject({ kind: z.literal('list-dead-letters') }),
  z.strictObject({ kind: z.literal('resend-dead-letter'), idOrCase: z.string() }),
  z.strictObject({ kind: z.literal('backup'), folder: z.string() }),
  z.strictObject({ kind: z.literal('restore'), folder: z.string() }),
  z.strictObject({ kind: z.literal('whatsapp-link'), begin: z.boolean(), phone: z.string().optional() }),
]);
export type Operation = z.infer<typeof operationSchema>;

export const deadLetterSchema = z.object({
  id: z.string(),
  caseNumber: z.string(),
  kind: z.enum(['message', 'delivery']),
  channel: z.enum(['whatsapp', 'teams', 'web']),
  failures: z.number(),
  reason: z.string(),
  since: z.coerce.date(),
  canResend: z.boolean(),
}) satisfies z.ZodType<DeadLetter>;

export const backupDoneSchema = z.object({ rows: z.number(), keyIds: z.array(z.string()) });
/** What a backup holds. The keys named are needed to restore it; they are not in it. */
export type BackupDone = z.infer<typeof backupDoneSchema>;

export const restoreDoneSchema = z.object({ erasures: z.number(), setAside: z.string().optional() });
/** What a restore did. */
export interface RestoreDone {
  /** How many erasures from after the backup were applied again. */
  readonly erasures: number;
  /** Where the database went that could not be opened; erasures noted in it could not be applied. */
  readonly setAside?: string | undefined;
}

export const linkStatusSchema = z.object({
  state: z.enum(['off', 'starting', 'waiting', 'ready', 'down']),
  reason: z.string().optional(),
  qr: z.string().optional(),
  code: z.string().optional(),
});
/**
 * How far linking WhatsApp's number has come. `waiting`: the phone has to read the QR or be given the code. Whoever has
 * either has the account: they go to the operator's screen and nowhere else.
 */
export type LinkStatus = Readonly<z.infer<typeof linkStatusSchema>>;

/** What linking is asked with. */
export interface LinkRequest {
  /** True the first time: the session is started where it rests; false to look how far it has come. */
  readonly begin: boolean;
  /** Digits of the number, with country code, to be given a code to type instead of a QR to scan. */
  readonly phone?: string | undefined;
}

/** What operators do with the store and the channels, whoever has them open. */
export interface Operations {
  /** Newest first. */
  listDeadLetters(): Promise<readonly DeadLetter[]>;
  /** @throws {AppError} `NOT_FOUND` */
  resendDeadLetter(idOrCase: string): Promise<DeadLetter>;
  /** @throws {AppError} `USAGE` when the folder is not empty, `STORE_UNUSABLE` when it cannot be written */
  backup(folder: string): Promise<BackupDone>;
  /** @throws {AppError} `BACKUP_INVALID` or `KEY_INVALID`; nothing has been changed then */
  restore(folder: string): Promise<RestoreDone>;
  /** @throws {AppError} `CHANNEL_UNAVAILABLE` when no process serves people, `USAGE` when the phone is none */
  linkWhatsApp(request: LinkRequest): Promise<LinkStatus>;
}

/** Does what was asked. The result is what the operation's schema describes. */
export function perform(operations: Operations, operation: Operation): Promise<unknown> {
  switch (operation.kind) {
    case 'ping':
      return Promise.resolve(null);
    case 'list-dead-letters':
      return operations.listDeadLetters();
    case 'resend-dead-letter':
      return operations.resendDeadLetter(operation.idOrCase);
    case 'backup':
      return operations.backup(operation.folder);
    case 'restore':
      return operations.restore(operation.folder);
    case 'whatsapp-link':
      return operations.linkWhatsApp(operation);
  }
}

/** The faults that a running process tells a command. */
const TOLD = [
  'USAGE',
  'NOT_FOUND',
  'BACKUP_INVALID',
  'KEY_INVALID',
  'STORE_UNUSABLE',
  'STORE_UNAVAILABLE',
  'MALFORMED_REQUEST',
  'CHANNEL_UNAVAILABLE',
] as const satisfies readonly ErrorCode[];

/** What goes back to a command. */
export const answerSchema = z.union([
  z.strictObject({ result: z.unknown() }),
  z.strictObject({ fault: z.object({ code: z.enum(TOLD).catch('STORE_UNUSABLE'), message: z.string() }) }),
]);
export type OperationAnswer =
  | { readonly result: unknown }
  | { readonly fault: { readonly code: ErrorCode; readonly message: string } };

/** A fault in one sentence for the operator. What is no fault of theirs is told without its words. */
export function faultAnswer(error: unknown): OperationAnswer {
  if (error instanceof AppError) return { fault: { code: error.code, message: error.message } };
  return {
    fault: { code: 'STORE_UNUSABLE', message: 'Orienta no pudo hacerlo. Vea el registro del proceso.' },
  };
}
