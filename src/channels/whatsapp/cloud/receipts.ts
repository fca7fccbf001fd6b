import type { ConversationId } from '../../channel.ts';
import { createRecent } from './recent.ts';

/** What Meta says of a message that Orienta sent. */
export interface DeliveryStatus {
  /** The platform's id of the message. */
  readonly id: string;
  readonly state: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  /** Meta's code, of a failure. */
  readonly code: number | undefined;
  /** The tag that the message was sent with. */
  readonly tag: string | undefined;
}

/** What became of a message so far. `silent`: Meta has it and has said no more. */
export type Verdict =
  | { readonly kind: 'sent' | 'silent' }
  | { readonly kind: 'failed'; readonly code: number | undefined };

/** A message that failed after it had counted as delivered. */
export interface LateFailure {
  /** The platform's id of the message. */
  readonly id: string;
  /** Meta's code. */
  readonly code: number | undefined;
  /** Undefined when another process sent it. */
  readonly conversation: ConversationId | undefined;
}

/** What was sent and what became of it, for a day, in memory. */
export interface Receipts {
  /** Meta took a message. */
  accepted(id: string, conversation: ConversationId, tag: string | undefined): void;
  /** The id under which a message with this tag was accepted. */
  idOf(tag: string): string | undefined;
  /** Takes in a status. They come in any order, several times, and even before the request was answered. */
  note(status: DeliveryStatus): void;
  /** Waits until Meta says that the message went out or failed, at most so long. */
  verdictOn(id: string, waitMs: number, signal?: AbortSignal): Promise<Verdict>;
}

interface Receipt {
  conversation: ConversationId | undefined;
  tag: string | undefined;
  progress: 'none' | 'sent' | 'arrived';
  failure: { readonly code: number | undefined } | undefined;
  /** Whoever sent it has gone on. */
  isConcluded: boolean;
  wake: () => void;
}

const KEPT = { most: 20_000, ttlMs: 24 * 3_600_000 };
/** After so many messages about which nothing was said, nobody waits for a word any more until one comes. */
const MOST_SILENCES = 3;

/**
 * @param parts.onLate told of each message that failed after it had counted as delivered, once
 * @param parts.callMs longest that a request takes: a status may come before its answer, in ms
 */
export function createReceipts(parts: {
  readonly now: () => Date;
  readonly callMs: number;
  readonly onLate: (failure: LateFailure) => void;
}): Receipts {
  const receipts = createRecent<Receipt>({ ...KEPT, now: parts.now });
  const ids = createRecent<string>({ ...KEPT, now: parts.now });
  let silences = 0;

  const receiptOf = (id: string): Receipt => {
    const known = receipts.get(id);
    if (known !== undefined) return known;
    const receipt: Receipt = {
      conversation: undefined,
      tag: undefined,
      progress: 'none',
      failure: undefined,
      isConcluded: false,
      wake: () => undefined,
    };
    receipts.set(id, receipt);
    return receipt;
  };
  const fail = (id: string, receipt: Receipt, code: number | undefined): void => {
    // One of the person's devices may fail after another has it.
    if (receipt.progress === 'arrived' || receipt.failure !== undefined) return;
    receipt.failure = { code };
    if (receipt.tag !== undefined) ids.delete(receipt.tag);
    receipt.wake();
    const report = (): void => parts.onLate({ id, code, conversation: receipt.conversation });
    if (receipt.isConcluded) report();
    else if (receipt.conversation === undefined) {
      // Another process sent it, unless the answer to this one's request is still on its way.
      setTimeout(() => receipt.conversation === undefined && report(), parts.callMs).unref();
    }
  };

  return {
    accepted: (id, conversation, tag) => {
      const receipt = receiptOf(id);
      receipt.conversation = conversation;
      receipt.tag = tag;
      if (tag !== undefined && receipt.failure === undefined) ids.set(tag, id);
    },
    idOf: (tag) => ids.get(tag),
    note: ({ id, state, code, tag }) => {
      silences = 0;
      const receipt = receiptOf(id);
      receipt.tag ??= tag;
      if (state === 'failed') return fail(id, receipt, code);
      if (receipt.progress !== 'arrived') receipt.progress = state === 'sent' ? 'sent' : 'arrived';
      if (receipt.tag !== undefined && receipt.failure === undefined) ids.set(receipt.tag, id);
      receipt.wake();
    },
    verdictOn: async (id, waitMs, signal) => {
      const receipt = receiptOf(id);
      const isKnown = () => receipt.failure !== undefined || receipt.progress !== 'none';
      if (!isKnown() && silences < MOST_SILENCES) {
        await woken(receipt, waitMs, signal);
        if (!isKnown() && signal?.aborted !== true) silences += 1;
      }
      receipt.isConcluded = true;
      if (receipt.failure !== undefined) return { kind: 'failed', code: receipt.failure.code };
      return { kind: isKnown() ? 'sent' : 'silent' };
    },
  };
}

async function woken(receipt: Receipt, waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    receipt.wake = wake;
    signal?.addEventListener('abort', wake, { once: true });
  });
  receipt.wake = () => undefined;
}
