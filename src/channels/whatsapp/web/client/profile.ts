import { setTimeout as wait } from 'node:timers/promises';
import whatsapp from 'whatsapp-web.js';

/** WhatsApp's word that the phone unlinked comes a moment after the session shows as unpaired. */
const LOGOUT_WORD_MS = 2_000;

/**
 * The session as a Chromium profile on disk. The library's own erases it after a logout while the browser still writes
 * there, and fails; here that is left to the gateway, once the browser is gone.
 */
export class KeptProfile extends whatsapp.LocalAuth {
  override readonly logout = (): Promise<void> => Promise.resolve();
  /** The library ends the browser after this: by then it is known whether it was a logout. */
  override readonly disconnect = (): Promise<void> => wait(LOGOUT_WORD_MS);
}
