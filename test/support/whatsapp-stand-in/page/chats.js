import { createWid, MsgKey } from './identity.js';
import { resolveMedia } from './media.js';
import { Collection, Model } from './observable.js';

/* Chats, messages and people. `archive` is the browser's own database: chats show their last message until more is loaded. */
const PAGE_SIZE = 20;

export const archive = new Map();
export const Msg = new Collection();
export const Chat = new Collection();
export const Contact = new Collection();
export const Newsletter = new Collection();
/** Ids of chats that cannot be found for now. */
export const hidden = new Set();

const findChat = Chat.get.bind(Chat);
Chat.get = (id) => (hidden.has(String(id?._serialized ?? id)) ? undefined : findChat(id));

class MessageModel extends Model {
  unsafe() {
    return this;
  }
  msgContextInfo() {
    return {
      quotedMsg: { type: this.type, body: this.body },
      quotedStanzaID: this.id.id,
      quotedParticipant: this.from,
    };
  }
  canReply() {
    return true;
  }
  downloadMedia() {
    return resolveMedia(this);
  }
}
Msg.modelClass = MessageModel;

class ChatModel extends Model {
  get isGroup() {
    return this.id.isGroup();
  }
  serialize() {
    return { ...this, msgs: this.msgs.getModelsArray().map((msg) => msg.id._serialized) };
  }
}

class GroupData extends Model {}

/** Makes the page's objects of what the world sends as plain text. */
export function messageFrom(wire) {
  const msg = new MessageModel({
    ...wire,
    id: new MsgKey(wire.id),
    from: createWid(wire.from),
    to: createWid(wire.to),
    isStatusV3: wire.from === 'status@broadcast',
  });
  if (wire.protocolMessageKey !== undefined) msg.protocolMessageKey = new MsgKey(wire.protocolMessageKey);
  if (wire.author !== undefined) msg.author = createWid(wire.author);
  if (wire.directPath !== undefined) {
    msg.mediaData = { mediaStage: 'INIT' };
    msg.mediaObject = { filehash: wire.filehash };
  }
  return msg;
}

/** The message that another one answers, with as much of it as travels along. */
export function quotedBy(msg) {
  const fromMe = msg.quotedParticipant === String(msg.to);
  const id = { fromMe, remote: msg.id.remote, id: msg.quotedStanzaID };
  return messageFrom({ ...msg.quotedMsg, id, t: msg.t, from: msg.quotedParticipant, to: String(msg.to) });
}

/** Shows a message in its chat; what was there already stays. */
export function show(msg, chat) {
  Msg.add(msg);
  const shown = Msg.get(msg.id);
  chat.msgs.hold(shown);
  return shown;
}

export function openChat({ id, name, unread = 0, t = 0, group = false }) {
  const known = findChat(id);
  if (known !== undefined) return known;
  const chat = new ChatModel({
    id: createWid(id),
    name,
    formattedTitle: name,
    unreadCount: unread,
    t,
    archive: false,
    mute: { expiration: 0 },
    msgs: new Collection(),
    lastReceivedKey: undefined,
  });
  if (group) chat.groupMetadata = new GroupData({ id: chat.id, participants: [], announce: false });
  (chat.id.isNewsletter() ? Newsletter : Chat).add(chat);
  return chat;
}

export const chatOf = (wire) => {
  const id = wire.id.remote;
  return createWid(id).isNewsletter() ? Newsletter.get(id) : findChat(id);
};

/** What is told once, at login: only the last message of each chat is at hand. */
export function fill({ chats, contacts }) {
  for (const contact of contacts) Contact.add(new Model({ ...contact, id: createWid(contact.id) }));
  for (const { messages, ...facts } of chats) {
    const chat = openChat(facts);
    for (const wire of messages) archive.set(new MsgKey(wire.id)._serialized, wire);
    const last = messages.at(-1);
    if (last !== undefined) chat.lastReceivedKey = show(messageFrom(last), chat).id;
  }
}

/** Messages that were not at hand; undefined ids are left out. */
export async function getMessagesById(ids) {
  const messages = ids.flatMap((id) => {
    const wire = archive.get(id);
    return Msg.get(id) ?? (wire === undefined ? [] : [show(messageFrom(wire), chatOf(wire))]);
  });
  return { messages };
}
Msg.getMessagesById = getMessagesById;
Msg.search = async (query) => ({
  messages: Msg.getModelsArray().filter((msg) => msg.body?.includes(query) === true),
});

/** The page of messages before those that the chat shows, oldest first. */
export async function loadEarlierMsgs({ chat }) {
  const earlier = [...archive.values()]
    .filter((wire) => wire.id.remote === chat.id._serialized)
    .filter((wire) => chat.msgs.get(new MsgKey(wire.id)) === undefined)
    .sort((a, b) => a.t - b.t)
    .slice(-PAGE_SIZE);
  const models = earlier.map((wire) => Msg.add(messageFrom(wire)));
  chat.msgs.lead(models);
  return models;
}
