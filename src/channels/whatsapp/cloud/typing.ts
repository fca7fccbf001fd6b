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

/** After an outage Meta brings many messages at once; a sign is a courtesy that must not crowd out the answers. */
const MOST_AT_ONCE = 20;

/** @param show asks for one sign */
export function createTyping(show: (messageId: string) => Promise<void>, log: Logger): Typing {
  const underWay = new Map<string, Promise<unknown>>();
  return {
    show: (messageId, chat) => {
      if (underWay.size >= MOST_AT_ONCE) return;
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
