import { z } from 'zod';
import type { PageWindow } from './page-window.ts';

declare const window: PageWindow;

/** What the page says of its session. */
export const probeSchema = z.object({
  /** Undefined while the page loads. */
  state: z.string().optional(),
  hasSynced: z.boolean(),
  /** whatsapp-web.js has begun to listen to messages in this document. */
  isInjected: z.boolean(),
  /** It would hear that the chats are there. */
  isListening: z.boolean(),
});
export type Probe = z.infer<typeof probeSchema>;

/** Runs in the page. */
export function probePage(): unknown {
  let socket: { readonly state?: string; readonly hasSynced?: boolean } = {};
  try {
    socket = window.require('WAWebSocketModel').Socket;
  } catch {
    // Still loading.
  }
  return {
    state: socket.state,
    hasSynced: socket.hasSynced === true,
    isInjected: window.WWebJS !== undefined,
    isListening: window.onAppStateHasSyncedEvent !== undefined,
  };
}

/** Runs in the page: what a sync that came before whatsapp-web.js listened should have begun. */
export async function beginSynced(): Promise<unknown> {
  await window.onAppStateHasSyncedEvent?.();
  return true;
}

/** Runs in the page: asks for new QR codes after it has stopped making them. whatsapp-web.js tries, in the wrong place. */
export function refreshQr(): unknown {
  const command = window.require('WAWebCmd').Cmd;
  if (command?.refreshQR !== undefined) command.refreshQR();
  else window.require('WAWebLaunchSocketUtils').refreshQR?.();
  return true;
}

/**
 * Runs in the page: the name shown under the phone's linked devices. The library's own `deviceName` fails the whole
 * start where the page has no such module.
 */
export function nameDevice(name: string): unknown {
  const browser = window.require('WAWebMiscBrowserUtils');
  const before = browser.info.bind(browser);
  browser.info = () => ({ ...before(), os: name });
  return true;
}
