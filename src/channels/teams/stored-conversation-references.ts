import { z } from 'zod';
import type { ConversationId } from '../channel.ts';
import type { ConversationReferences, StoredReference } from './conversation-references.ts';

/** Texts by conversation, kept safe by whoever implements it. */
export interface KeptTexts {
  get(conversation: ConversationId): Promise<string | undefined>;
  set(conversation: ConversationId, text: string): Promise<void>;
  delete(conversation: ConversationId): Promise<void>;
}

/** Only the SDK knows the inside of a reference; what matters here is that it is one with an address to write to. */
const referenceSchema = z.custom<StoredReference>(
  (value) => typeof value === 'object' && value !== null && 'serviceUrl' in value,
);

/** References that outlive the process. */
export function createStoredConversationReferences(texts: KeptTexts): ConversationReferences {
  return {
    async get(conversation) {
      const text = await texts.get(conversation);
      return text === undefined ? undefined : referenceSchema.parse(JSON.parse(text));
    },
    set: (conversation, reference) => texts.set(conversation, JSON.stringify(reference)),
    delete: (conversation) => texts.delete(conversation),
  };
}
