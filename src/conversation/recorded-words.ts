import type { Reply } from '../channels/channel.ts';
import { whatsAppText } from '../channels/render-whatsapp.ts';
import { hashOf } from '../knowledge/recordings.ts';

/** Where a sentence ends; the number of a step belongs to what follows it. */
const SENTENCE_END = /(?<=[^\d\s][.?!])\s+|\n+/u;

/** What a person was sent, the address of its source left out: nobody says an address, and each Orienta has its own. */
export function recordedWords(reply: Reply): string {
  return whatsAppText({ ...reply, citations: reply.citations.map((citation) => ({ ...citation, url: '' })) });
}

/** Names what a person was sent. The same sentences in another order say the same. */
export function sourceOf(reply: Reply): string {
  return hashOf(recordedWords(reply).split(SENTENCE_END).toSorted().join('\n'));
}
