import { isSendFault } from '../door-error.ts';

/** Notices when nothing goes out any more, as after a change of WhatsApp Web that the library does not know. */
export interface SendHealth {
  sent(): void;
  failed(chat: string, error: unknown): void;
}

/** Failures in a row. One person whose chat is broken is no proof. */
const MOST_FAILURES = 3;
const FEWEST_CHATS = 2;

export function createSendHealth(onSick: () => void): SendHealth {
  const chats = new Set<string>();
  let failures = 0;
  const forget = (): void => {
    failures = 0;
    chats.clear();
  };
  return {
    sent: forget,
    failed: (chat, error) => {
      if (!isSendFault(error)) return;
      chats.add(chat);
      failures += 1;
      if (failures < MOST_FAILURES || chats.size < FEWEST_CHATS) return;
      forget();
      onSick();
    },
  };
}
