import type { ConversationReference } from 'botbuilder';
import type { ConversationId } from '../channel.ts';

/** All that is needed to write into a conversation later: service address, tenant, bot, person. Plain JSON. */
export type StoredReference = Readonly<Partial<ConversationReference>>;

/** Keeps the newest reference of each conversation, whole: a reply sent with a part of it is refused as unauthorised. */
export interface ConversationReferences {
  /** Undefined when nobody has written from there, or the bot was taken out. */
  get(conversation: ConversationId): Promise<StoredReference | undefined>;
  /** Replaces what was kept. */
  set(conversation: ConversationId, reference: StoredReference): Promise<void>;
  /** Does nothing when there is none. */
  delete(conversation: ConversationId): Promise<void>;
}
