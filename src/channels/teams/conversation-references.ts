import type { ConversationReference } from 'botbuilder';
import type { ConversationId } from '../channel.ts';
import type { GoneReason } from './delivery-fault.ts';

/** All that is needed to write into a conversation later: service address, tenant, bot, person. Plain JSON. */
export type StoredReference = Readonly<Partial<ConversationReference>> & {
  /** Teams takes nothing more for it; the next activity from there brings a reference without this. */
  readonly gone?: GoneReason;
};

/** Keeps the newest reference of each conversation, whole: a reply sent with a part of it is refused as unauthorised. */
export interface ConversationReferences {
  /** Undefined when nobody has written from there, or the bot was taken out. */
  get(conversation: ConversationId): Promise<StoredReference | undefined>;
  /** Replaces what was kept. */
  set(conversation: ConversationId, reference: StoredReference): Promise<void>;
  /** Does nothing when there is none. */
  delete(conversation: ConversationId): Promise<void>;
}

/** The conversation that the platform knows by this id; each thread of a channel has its own. */
export function conversationOf(platformId: string): ConversationId {
  return `teams:${platformId}` as ConversationId;
}
