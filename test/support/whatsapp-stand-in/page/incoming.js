import { archive, Chat, chatOf, hidden, Msg, messageFrom, openChat, show } from './chats.js';
import { Conn, Socket } from './connection.js';
import { createWid, MsgKey } from './identity.js';
import { know } from './people.js';
import { faults } from './sending.js';

/* What the server tells while the page is open; one function for each kind of event. */

export const reactionTableMode = { bulkUpsert: (reactions) => reactions.length };
export const pollVoteTableMode = { bulkUpsert: (votes) => votes.length };
export const calls = { on() {}, _callMap: new Map() };

/** A message; `isNewMsg` is missing where it waited for the connection. */
function message({ message: wire, chat: facts }) {
  know(facts);
  const { isNewMsg: _, ...kept } = wire;
  archive.set(new MsgKey(wire.id)._serialized, kept);
  const msg = messageFrom(wire);
  if (msg.isStatusV3) {
    Msg.add(msg);
    return;
  }
  const chat = chatOf(wire) ?? openChat(facts);
  show(msg, chat);
  const unreadCount = wire.id.fromMe ? chat.unreadCount : chat.unreadCount + 1;
  chat.set({ t: wire.t, lastReceivedKey: msg.id, unreadCount });
}

function update({ id, facts }) {
  const wire = archive.get(id);
  if (wire !== undefined) Object.assign(wire, facts);
  Msg.get(id)?.set(facts);
}

function edit({ id, body, at, key }) {
  update({ id, facts: { body, latestEditSenderTimestampMs: at, latestEditMsgKey: key } });
}

/** The model takes the id of the deletion; the old one stays in `protocolMessageKey`. */
function revoke({ id, key }) {
  const msg = Msg.get(id);
  archive.delete(id);
  if (msg === undefined) return;
  const old = msg.id;
  const chat = Chat.get(old.remote);
  Msg.drop(old);
  chat?.msgs.drop(old);
  msg.id = new MsgKey(key);
  msg.protocolMessageKey = old;
  Msg.hold(msg);
  chat?.msgs.hold(msg);
  msg.set({ type: 'revoked', body: undefined, caption: undefined, directPath: undefined });
}

function react({ id, to, from, emoji, at }) {
  const [fromMe, remote, parent] = to.split('_');
  reactionTableMode.bulkUpsert([
    {
      id: new MsgKey(id),
      reactionParentKey: new MsgKey({ fromMe: fromMe === 'true', remote, id: parent }),
      reactionText: emoji,
      reactionTimestamp: at,
      from: createWid(from),
      orphan: 0,
      read: false,
      ack: undefined,
    },
  ]);
}

function call({ id, from }) {
  calls._callMap.set(id, {
    id,
    peerJid: createWid(from),
    isVideo: false,
    isGroup: false,
    canHandleLocally: false,
    outgoing: false,
    webClientShouldHandle: false,
    participants: [],
  });
}

function showOrHide({ ids, isHidden }) {
  for (const id of ids) {
    if (isHidden) hidden.add(id);
    else hidden.delete(id);
  }
}

export const handlers = {
  message,
  edit,
  revoke,
  react,
  call,
  update,
  know,
  hide: showOrHide,
  fault: ({ fault }) => faults.push(fault),
  ref: ({ ref }) => Conn.set({ ref }),
  state: ({ state }) => Socket.set({ state }),
};
