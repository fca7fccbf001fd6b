import { Contact, hidden, openChat } from './chats.js';
import { ask, me } from './connection.js';
import { createWid } from './identity.js';
import { Model } from './observable.js';

/* Who is who: one person may have a phone, a privacy id (LID), or both, of which not each is known. */
const phoneByLid = new Map();
const lidByPhone = new Map();

/** Learns a person's two ids. */
export function know({ phone, lid }) {
  if (phone === undefined || lid === undefined) return;
  phoneByLid.set(lid, phone);
  lidByPhone.set(phone, lid);
}

const widOr = (text) => (text === undefined ? undefined : createWid(text));
export const getCurrentLid = (wid) => widOr(lidByPhone.get(wid._serialized));
export const getPhoneNumber = (wid) => widOr(phoneByLid.get(wid._serialized));
export const getAlternateUserWid = (wid) => getCurrentLid(wid) ?? getPhoneNumber(wid);
export const getMaybeMePnUser = () => widOr(me.phone);
export const getMaybeMeLidUser = () => widOr(me.lid);

/** Asks the server whether somebody has this id; what it tells of the person is kept. */
export async function queryWidExists(wid) {
  const answer = await ask('exists', { id: wid._serialized });
  if (!answer.exists) return null;
  know(answer);
  return { wid };
}

export async function findOrCreateLatestChat(wid) {
  if (hidden.has(wid._serialized)) return undefined;
  const answer = await ask('exists', { id: wid._serialized });
  if (answer.lost) throw new Error('No LID for user');
  if (!answer.exists) return undefined;
  return { chat: openChat({ id: wid._serialized, name: answer.name }), created: true };
}

const findContact = Contact.find.bind(Contact);
Contact.find = async (id) => {
  const wid = createWid(id);
  return (await findContact(wid)) ?? Contact.hold(new Model({ id: wid, pushname: '' }));
};

/** What the library reads off a contact, each by a function of its own. */
export const contactGetters = {
  getIsMe: (contact) => [me.phone, me.lid].includes(contact.id._serialized),
  getIsUser: (contact) => contact.id.isUser(),
  getIsGroup: (contact) => contact.id.isGroup(),
  getIsWAContact: () => true,
  getUserid: (contact) => contact.id.user,
  getVerifiedName: () => undefined,
  getVerifiedLevel: () => undefined,
  getStatusMute: () => false,
  getName: () => undefined,
  getShortName: () => undefined,
  getPushname: (contact) => contact.pushname,
  getIsEnterprise: () => false,
};
