import type { ChatMessage, FromChild } from '../protocol.ts';
import type { Heard } from './heard.ts';
import { inboundChat, isPrivateChat, readMessage, readUnreadable } from './message.ts';
import type { NamesOf } from './names.ts';
import { type RawKey, type RawMessage, rawCallSchema, rawReactionSchema } from './raw.ts';

/** Older reactions come when the phone hands over what it remembers; nobody waits for an answer to them. */
const OLDEST_REACTION_MS = 24 * 3_600_000;

/** What people do in private chats, told once each and in order; everything else is dropped here. */
export interface Inbound {
  message(raw: RawMessage | undefined): void;
  /** A message that stays encrypted. */
  unreadable(raw: RawMessage | undefined): void;
  /** @param before its words until now, where the page knows them */
  edited(raw: RawMessage | undefined, before: unknown): void;
  /** @param before the message as it was, where the page knows it */
  deleted(raw: RawMessage | undefined, before?: RawMessage): void;
  reaction(value: unknown): void;
  call(value: unknown): void;
}

export interface InboundParts {
  readonly emit: (message: FromChild) => void;
  readonly namesOf: NamesOf;
  readonly heard: Heard;
  readonly now: () => number;
}

export function createInbound(parts: InboundParts): Inbound {
  const { emit, heard } = parts;
  const { handIn, tell } = createTelling(parts);
  return {
    message: (raw) => handIn(raw === undefined ? undefined : readMessage(raw)),
    unreadable: (raw) => handIn(raw === undefined ? undefined : readUnreadable(raw)),
    edited: (raw, before) => {
      if (raw === undefined || !isEdit(raw, before, heard)) return;
      const message = readMessage(raw);
      if (message !== undefined) tell(message.chat, (names) => emit(edit(message, names)));
    },
    deleted: (raw, before) => {
      const chat = raw === undefined ? undefined : inboundChat(raw);
      if (raw === undefined || chat === undefined) return;
      // The page may give the deletion a name of its own; which of them was the message's is known to who kept it.
      for (const id of namesOfDeleted(raw, before)) tell(chat, () => emit({ type: 'deleted', id, chat }));
    },
    reaction: (value) => reaction(value, parts, tell),
    call: (value) => {
      const call = rawCallSchema.safeParse(value).data;
      if (call === undefined || call.isGroup === true || call.fromMe === true) return;
      if (!isPrivateChat(call.from)) return;
      handIn({ id: `call_${call.id}`, chat: call.from, sentAt: parts.now(), kind: 'call', text: '' });
    },
  };
}

type Tell = (chat: string, say: (names: string[]) => void) => void;

function createTelling({ emit, namesOf, heard }: InboundParts): {
  readonly handIn: (message: Omit<ChatMessage, 'names'> | undefined) => void;
  readonly tell: Tell;
} {
  // Everything of one chat waits for the same names, so that it is told in the order in which it happened.
  const tell: Tell = (chat, say) => void namesOf(chat).then((names) => say([...names]));
  return {
    tell,
    handIn: (message) => {
      if (message === undefined || !heard.add(message.id)) return;
      tell(message.chat, (names) => emit({ type: 'message', message: { ...message, names } }));
    },
  };
}

function edit(message: Omit<ChatMessage, 'names'>, names: string[]): FromChild {
  return { type: 'edited', message: { ...message, names } };
}

/** Words also change when a message is deciphered, or when the page makes a small picture of it. */
function isEdit(raw: RawMessage, before: unknown, heard: Heard): boolean {
  if (raw.latestEditMsgKey || raw.latestEditSenderTimestampMs) return true;
  const hadWords = typeof before === 'string' && before !== '' && before !== raw.body;
  return raw.type === 'chat' && hadWords && heard.has(raw.id.serialized);
}

function namesOfDeleted(raw: RawMessage, before: RawMessage | undefined): ReadonlySet<string> {
  const keys: readonly (RawKey | null | undefined)[] = [raw.protocolMessageKey, before?.id, raw.id];
  const ids = keys.filter((key) => key !== undefined && key !== null);
  // The key inside a deletion is its writer's: to them the message was their own.
  return new Set(ids.map(({ serialized }) => serialized.replace(/^true_/, 'false_')));
}

function reaction(value: unknown, { emit, heard, now }: InboundParts, tell: Tell): void {
  const raw = rawReactionSchema.safeParse(value).data;
  if (raw === undefined || raw.id.fromMe || raw.reaction === '') return;
  const chat = raw.id.remote;
  const seconds = raw.timestamp ?? now() / 1000;
  const sentAt = seconds > 1e11 ? seconds : Math.round(seconds * 1000);
  if (!isPrivateChat(chat) || now() - sentAt > OLDEST_REACTION_MS) return;
  const id = raw.id.serialized;
  if (!heard.add(`${id} ${raw.reaction}`)) return;
  const to = raw.msgId.serialized;
  tell(chat, (names) => emit({ type: 'reaction', id, chat, names, sentAt, emoji: raw.reaction, to }));
}
