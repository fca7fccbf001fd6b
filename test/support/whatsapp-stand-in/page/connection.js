import { Emitter, Model } from './observable.js';

/** The state of the connection, as `getState` and `change:state` tell it. */
export const Socket = new Model({ state: 'OPENING', hasSynced: false });
export const Conn = new Model({
  ref: undefined,
  pushname: '',
  platform: 'android',
  battery: 90,
  plugged: true,
});
export const Cmd = new Emitter();
export const Stream = new Model({ mode: 'QR', displayInfo: 'NORMAL', available: false });
Conn.canSetMyPushname = () => true;
Stream.markAvailable = () => Stream.set({ available: true });
Stream.markUnavailable = () => Stream.set({ available: false });

/** Who the linked account is; both undefined while there is none. */
export const me = { phone: undefined, lid: undefined };

const POLL_MS = 20;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks the world outside; waits until it is there. */
export async function ask(type, facts = {}) {
  while (typeof window.standInWorld !== 'function') await pause(POLL_MS);
  return window.standInWorld({ type, ...facts });
}

/** The library listens late; some accounts are synced before that, some only once it does. */
export async function untilSyncIsHeard() {
  while (!Socket.isHeard('change:hasSynced')) await pause(POLL_MS);
}

export const isOnline = () => Socket.state === 'CONNECTED';
