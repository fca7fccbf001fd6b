import type { Reply } from '../channels/channel.ts';
import { whatsAppText } from '../channels/render-whatsapp.ts';

/** Where a sentence ends; the number of a step belongs to what follows it. */
const SENTENCE_END = /(?<=[^\d\s][.?!])\s+|\n+/u;
/** Which steps of how many a message holds. */
const SHARE = / \(\d+ a \d+ de \d+\)/g;
const SOURCES = /^Lo dice: (.+)$/;

/** How a message in Spanish says that there is more to ask for. */
export const MORE_LINE = whatsAppText({
  ...{ kind: 'answer', language: 'es', place: 'first' },
  ...{ blocks: [], citations: [] },
});

/** What a person was sent, the address of its source left out: nobody says an address, and each Orienta has its own. */
export function recordedWords(reply: Reply): string {
  return whatsAppText({ ...reply, citations: reply.citations.map((citation) => ({ ...citation, url: '' })) });
}

/** What words say, one statement an entry: how many steps fit into the message, and how to ask for more, is none. */
export function statementsOf(words: string): readonly string[] {
  return words
    .split(SENTENCE_END)
    .map((sentence) => sentence.replace(SHARE, '').trim())
    .filter((sentence) => sentence !== '' && sentence !== MORE_LINE)
    .flatMap((sentence) => {
      const sources = SOURCES.exec(sentence)?.[1];
      return sources === undefined ? [sentence] : sources.split('; ').map((source) => `Lo dice: ${source}`);
    });
}
