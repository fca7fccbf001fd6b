import { archive, Chat, Msg, messageFrom, show } from './chats.js';
import { ask, isOnline } from './connection.js';
import { MsgKey } from './identity.js';
import { profile } from './profile.js';

/** What the next sends will meet, first come first served: `undefined`, `throw`, `no-ack` or `lost-ack`. */
export const faults = [];

/** What waits for the connection; it outlives the browser. */
const unsent = new Map();

/** As text that can leave the page. */
function wireOf(msg) {
  const { mediaBlob: _, mediaObject: __, renderableUrl: ___, waveform: ____, ...facts } = msg.serialize();
  return JSON.parse(JSON.stringify({ ...facts, ...address(facts) }));
}

function address({ id: { fromMe, remote, id }, from, to }) {
  return { id: { fromMe, remote: String(remote), id }, from: String(from), to: String(to) };
}

/** @returns promises of the message shown, and of the server's word on it */
export function addAndSendMsgToChat(chat, facts) {
  const fault = faults.shift();
  if (fault === 'throw') return [Promise.reject(new Error('sendMsgRecord: failed')), Promise.resolve()];
  if (fault === 'undefined')
    return [Promise.resolve(), Promise.resolve({ messageSendResult: 'ERROR_UNKNOWN' })];
  const msg = show(messageFrom({ ...facts, ...address(facts) }), chat);
  archive.set(msg.id._serialized, wireOf(msg));
  chat.set({ t: msg.t, lastReceivedKey: msg.id });
  return [Promise.resolve(msg), fault === 'no-ack' ? Promise.resolve() : deliver(msg, fault)];
}

async function deliver(msg, fault) {
  const wire = wireOf(msg);
  unsent.set(msg.id._serialized, wire);
  await keepUnsent();
  if (isOnline()) await hand(wire, fault);
  return { messageSendResult: 'OK' };
}

async function hand(wire, fault) {
  await ask('send', { message: wire, deaf: fault === 'lost-ack' });
  unsent.delete(new MsgKey(wire.id)._serialized);
  await keepUnsent();
}

const keepUnsent = () => profile.put('unsent', [...unsent.values()]);

/** Once the connection is back: what could not leave leaves now. */
export async function flushUnsent() {
  for (const wire of (await profile.get('unsent')) ?? []) await hand(wire);
}

export async function sendReactionToMsg(msg, reactionText) {
  await ask('react', { to: msg.id._serialized, emoji: reactionText });
}

export async function sendMessageEdit(msg, body) {
  msg.set({ body, latestEditSenderTimestampMs: Date.now() });
  await ask('edit', { id: msg.id._serialized, body });
}

export async function sendSeen({ chat }) {
  chat.set({ unreadCount: 0 });
  await ask('seen', { chat: chat.id._serialized });
}

export async function sendChatState(state, wid) {
  await ask('typing', { chat: wid._serialized, state });
}

/** Takes every message out of a chat, here and at the server. */
export async function sendClear(chat) {
  for (const msg of chat.msgs.getModelsArray()) {
    chat.msgs.drop(msg.id);
    Msg.remove(msg);
  }
  for (const [key, wire] of archive) if (wire.id.remote === chat.id._serialized) archive.delete(key);
  chat.set({ unreadCount: 0, lastReceivedKey: undefined });
  await ask('clear', { chat: chat.id._serialized });
}

export async function sendDelete(chat) {
  await sendClear(chat);
  Chat.remove(chat);
  await ask('delete-chat', { chat: chat.id._serialized });
}

export async function deleteMsgs(chat, messages, everyone) {
  const list = messages.list ?? messages;
  for (const msg of list) {
    chat.msgs.drop(msg.id);
    archive.delete(msg.id._serialized);
    Msg.remove(msg);
    await ask('delete-message', { id: msg.id._serialized, everyone });
  }
}
