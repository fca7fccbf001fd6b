import type { ConversationId } from '../channels/channel.ts';

/**
 * What a channel needs beside the conversation's address to write back, as the channel's own text. A reply that was
 * worked out before a crash is delivered after it only if this survives too.
 */
export interface WriteBack {
  /** Undefined when nothing is kept. */
  get(conversation: ConversationId): Promise<string | undefined>;
  /** Replaces what was kept. */
  set(conversation: ConversationId, reference: string): Promise<void>;
  delete(conversation: ConversationId): Promise<void>;
}
