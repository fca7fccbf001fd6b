import type { ChatMessage } from '../protocol.ts';
import type { RawMessage } from './raw.ts';

type Kind = ChatMessage['kind'];

/** What people send, by the page's word for it. What is not here is WhatsApp's own talk, or a shop's. */
const KINDS: Readonly<Record<string, Kind>> = {
  chat: 'text',
  buttons_response: 'text',
  list_response: 'text',
  template_button_reply: 'text',
  poll_creation: 'text',
  ptt: 'voice',
  audio: 'voice',
  image: 'picture',
  video: 'picture',
  ptv: 'picture',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  liveLocation: 'location',
  live_location: 'location',
  vcard: 'contact',
  multi_vcard: 'contact',
  unknown: 'unreadable',
  oversized: 'unreadable',
};

/** WhatsApp's own account; it writes to everybody. */
const WHATSAPP_ITSELF = '0@c.us';

/** Whether it is the id of one person, to whom Orienta may write back. */
export function isPrivateChat(id: string): boolean {
  return /@(c\.us|lid|s\.whatsapp\.net)$/.test(id) && id !== WHATSAPP_ITSELF;
}

/** The private chat a message came in by; undefined for own messages, groups, status, broadcasts, newsletters. */
export function inboundChat(raw: RawMessage): string | undefined {
  if (raw.id.fromMe || raw.broadcast === true || raw.isStatusV3 === true) return undefined;
  const chat = raw.from ?? raw.id.remote;
  return isPrivateChat(chat) && isPrivateChat(raw.id.remote) ? chat : undefined;
}

/** A message without its names, as {@link ChatMessage} tells it; undefined when there is nothing of a person in it. */
export function readMessage(raw: RawMessage): Omit<ChatMessage, 'names'> | undefined {
  const chat = inboundChat(raw);
  const kind = kindOf(raw);
  if (chat === undefined || kind === undefined) return undefined;
  const text = wordsOf(raw, kind);
  if (kind === 'text' && text.trim() === '') return undefined;
  const quoted = quotedWords(raw);
  return {
    id: raw.id.serialized,
    chat,
    sentAt: raw.t * 1000,
    kind,
    text,
    ...(kind === 'voice' && raw.duration !== undefined ? { seconds: raw.duration } : {}),
    ...(kind === 'location' ? { latitude: raw.lat, longitude: raw.lng } : {}),
    ...(quoted === '' ? {} : { quoted }),
  };
}

/** What is told of a message that stays unreadable; should its words come later, they come under its own id. */
export function readUnreadable(raw: RawMessage): Omit<ChatMessage, 'names'> | undefined {
  const chat = inboundChat(raw);
  if (chat === undefined) return undefined;
  const id = `${raw.id.serialized}~unreadable`;
  return { id, chat, sentAt: raw.t * 1000, kind: 'unreadable', text: '' };
}

function kindOf({ type, lat, lng }: RawMessage): Kind | undefined {
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  // A live location may come without a place.
  return kind === 'location' && (lat === undefined || lng === undefined) ? 'unreadable' : kind;
}

function wordsOf(raw: RawMessage, kind: Kind): string {
  if (kind === 'text') return raw.body || raw.pollName || raw.caption || '';
  if (kind !== 'picture' && kind !== 'document') return '';
  // WhatsApp fills in the file's name where nobody wrote anything.
  return raw.caption === raw.filename ? '' : (raw.caption ?? '');
}

function quotedWords({ quotedMsg }: RawMessage): string {
  const isText = quotedMsg?.type === undefined || KINDS[quotedMsg.type] === 'text';
  return (isText ? quotedMsg?.body : undefined) ?? quotedMsg?.caption ?? '';
}
