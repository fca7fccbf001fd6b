import { archive, fill, hidden } from './chats.js';
import { ask, Cmd, Conn, me, Socket, untilSyncIsHeard } from './connection.js';
import { know } from './people.js';
import { profile } from './profile.js';
import { flushUnsent } from './sending.js';

/* How the page comes to an account and loses it. */
const LOGGED_OUT = 'https://web.whatsapp.com/?post_logout=1&logout_reason=0';

/** Comes up as it was left: linked, or with a QR to be scanned. */
export async function start() {
  const answer = await ask('hello', { device: await profile.get('device') });
  if (answer.linked) await login(answer);
  else showRef(answer.ref);
}

function showRef(ref) {
  Conn.set({ ref });
  Socket.set({ state: 'UNPAIRED' });
}

/** The phone has read the QR or taken the code. */
export async function link({ device }) {
  Socket.set({ state: 'PAIRING' });
  await profile.put('device', device);
  Socket.set({ state: 'OPENING' });
  const answer = await ask('hello', { device });
  if (answer.linked) await login(answer);
}

/** `sync` says when the account is synced: before the library listens, once it does, or never. */
async function login({ account, chats, contacts, people, sync, hidden: ids }) {
  for (const id of ids) hidden.add(id);
  Object.assign(me, account);
  Conn.set({ pushname: account.name, wid: account.phone });
  for (const person of people) know(person);
  fill({ chats, contacts });
  if (sync === 'before') Socket.set({ hasSynced: true });
  Socket.set({ state: 'CONNECTED' });
  await flushUnsent();
  if (sync !== 'after') return;
  await untilSyncIsHeard();
  Cmd.trigger('offline_progress_update_from_bridge');
  Socket.set({ hasSynced: true });
}

export function dropConnection() {
  Socket.set({ state: 'TIMEOUT' });
}

/** Comes back on the same page; the account counts as synced anew. What waited follows as messages that are not new. */
export async function resumeConnection() {
  Socket.set({ state: 'OPENING' });
  await ask('resume');
  Socket.set({ state: 'CONNECTED' });
  await flushUnsent();
  Socket.hasSynced = false;
  Socket.set({ hasSynced: true });
}

/** The phone has unlinked this device: everything is wiped, and the page loads anew under another address. */
export async function logOut() {
  Cmd.trigger('logout');
  archive.clear();
  await profile.clear();
  location.replace(LOGGED_OUT);
}

Socket.logout = async () => {
  await ask('log-out');
  await logOut();
};
Socket.takeover = () => Socket.set({ state: 'CONNECTED' });
Socket.reconnect = () => resumeConnection();

/** Linking by a code that is typed on the phone. */
export const codeLinking = {
  setPairingType() {},
  async initializeAltDeviceLinking() {},
  async initializeQRLinking() {
    await refreshQr();
  },
  async startAltLinkingFlow(phone) {
    const { code } = await ask('pairing-code', { phone });
    return code;
  },
};

export async function refreshQr() {
  const { ref } = await ask('ref');
  showRef(ref);
}
