import { igmPhone } from '../answering/next-step.ts';
import { fill, type PhraseBook } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/unit.ts';
import { sayReply } from './replies.ts';

/** What the notice says of how this Orienta is set up. */
export interface NoticeFacts {
  /** Days that masked messages are kept. */
  readonly retentionDays: number;
  /** True when voice notes leave for a transcription service. */
  readonly voiceLeaves: boolean;
}

/** What the sentences of the notice are taken from. */
interface NoticeParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
}

/**
 * The notice of the first contact: what this is, that it is free, what is kept and how to erase it, how to reach a
 * person. At most 300 characters, in one paragraph.
 */
export function noticeReply(facts: NoticeFacts, language: Language, parts: NoticeParts): Reply {
  const { what, kept, voice, person } = parts.phrases[language].notice;
  const phone = igmPhone(parts.knowledge);
  const sentences = [
    what,
    fill(kept, { dias: String(facts.retentionDays) }),
    ...(facts.voiceLeaves ? [voice] : []),
    ...(phone === undefined ? [] : [fill(person, { contacto: phone })]),
  ];
  return sayReply('smalltalk', language, sentences.join(' '));
}
