import type { ConversationId } from '../channel.ts';

/** The channel of a team that a conversation is a thread of; the conversation itself where it is none. */
export function threadRoom(conversation: ConversationId): ConversationId {
  return conversation.replace(/;messageid=.*$/i, '') as ConversationId;
}
