import type { ConversationId } from '../channel.ts';
import type { ConversationReferences, StoredReference } from './conversation-references.ts';

/** References that last as long as the process. */
export function createMemoryConversationReferences(): ConversationReferences {
  const references = new Map<ConversationId, StoredReference>();
  return {
    get: async (conversation) => references.get(conversation),
    set: async (conversation, reference) => {
      references.set(conversation, reference);
    },
    delete: async (conversation) => {
      references.delete(conversation);
    },
  };
}
