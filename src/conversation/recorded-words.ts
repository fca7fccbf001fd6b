import type { Reply } from '../channels/channel.ts';
import { whatsAppText } from '../channels/render-whatsapp.ts';
import { hashOf } from '../knowledge/recordings.ts';

/** What a person was sent, the address of its source left out: nobody says an address, and each Orienta has its own. */
export function recordedWords(reply: Reply): string {
  return whatsAppText({ ...reply, citations: reply.citations.map((citation) => ({ ...citation, url: '' })) });
}

/** Names what a person was sent. */
export function sourceOf(reply: Reply): string {
  return hashOf(recordedWords(reply));
}
