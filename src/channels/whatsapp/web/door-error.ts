import { AppError } from '../../../errors.ts';
import type { FromChild } from './protocol.ts';

/** Why a request came to nothing: what the child said, or `gone` with it, or no answer in time. */
export type Refusal = Extract<FromChild, { type: 'failed' }>['code'] | 'gone' | 'timeout' | 'aborted';

/** A request to the process that runs whatsapp-web.js that came to nothing. */
export class DoorError extends AppError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    if (refusal === 'no-chat') super('UNREACHABLE_PERSON', 'WhatsApp says that nobody is there.');
    else super('CHANNEL_UNAVAILABLE', `WhatsApp did not do it (${refusal}).`, { retryable: true });
    this.refusal = refusal;
  }
}

/** Whether whatsapp-web.js was asked and could not, as when a new WhatsApp Web broke what it relies on. */
export function isSendFault(error: unknown): boolean {
  return error instanceof DoorError && ['not-sent', 'no-ack', 'failed', 'timeout'].includes(error.refusal);
}
