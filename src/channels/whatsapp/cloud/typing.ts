import { errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';

/** Typing signs, in the background. */
export interface Typing {
  /** Shows that an answer to this message is coming. A failure is only logged. */
  show(messageId: string, chat: string): void;
  /** Resolves once none is on its way to the chat. */
  shown(chat: string): Promise<void>;
  /** Resolves when none is on its way at all. */
  settled(): Promise<void>;
}

/** @param show asks for one sign */
export function createTyping(show: (messageId: string) => Promise<void>, log: Logger): Typing {
  const underWay = new Map<string, Promise<unknown>>();
  return {
    show: (messageId, chat) => {
      const showing = Promise.all([underWay.get(chat), show(messageId)])
        .catch((error: unknown) => log.debug({ error: errorCode(error) }, 'whatsapp: typing not shown'))
        .finally(() => {
          if (underWay.get(chat) === showing) underWay.delete(chat);
        });
      underWay.set(chat, showing);
    },
    shown: async (chat) => {
      await underWay.get(chat);
    },
    settled: async () => {
      await Promise.all(underWay.values());
    },
  };
}
