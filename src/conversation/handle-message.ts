import type { Answer } from '../answering/answer.ts';
import type { Answerer } from '../answering/answerer.ts';
import { igmContact } from '../answering/extractive-answerer.ts';
import { fill, type PhraseBook } from '../answering/phrases.ts';
import type { InboundMessage, Reply } from '../channels/channel.ts';
import { assertNever } from '../errors.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/unit.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { DetectLanguage } from './language.ts';
import type { ConversationMemory } from './memory.ts';
import type { FindMissingArticle } from './missing-article.ts';
import type { FindCourtesy } from './smalltalk.ts';
import { completeQuestion } from './understand.ts';

/** What one turn needs. */
export interface TurnParts {
  readonly knowledge: Knowledge;
  readonly retriever: Retriever;
  readonly answerer: Answerer;
  readonly phrases: PhraseBook;
  readonly findCourtesy: FindCourtesy;
  readonly detectLanguage: DetectLanguage;
  readonly findMissingArticle: FindMissingArticle;
  readonly memory: ConversationMemory;
  readonly now: () => Date;
}

/** What one turn came to. */
export interface Turn {
  readonly reply: Reply;
  /** What retrieval found, best first; empty when it did not run. */
  readonly retrieved: readonly Passage[];
}

/** Turns one message into one reply. */
export type HandleMessage = (message: InboundMessage) => Promise<Turn>;

const MOST_PASSAGES = 10;

/** The story of one turn: courtesy? → understand → retrieve → answer → remember. */
export function createHandleMessage(parts: TurnParts): HandleMessage {
  return async (message) => {
    const now = parts.now();
    const before = parts.memory.last(message.conversation, now);
    const language = parts.detectLanguage(message.text, before?.language ?? 'es');
    const courtesy = parts.findCourtesy(message.text);
    if (courtesy !== undefined) {
      return { reply: say('smalltalk', language, parts.phrases[language][courtesy]), retrieved: [] };
    }

    const topic = completeQuestion(message.text, before);
    const { audience } = message;
    const asOf = message.asOf ?? guatemalanDay(now);
    const retrieved = await parts.retriever.retrieve(topic, { limit: MOST_PASSAGES, audience, asOf });
    const answer = await parts.answerer.answer({ text: message.text, language, audience, asOf }, retrieved);
    parts.memory.remember(message.conversation, { topic, language, at: now });
    const missing = parts.findMissingArticle(message.text, retrieved);
    if (missing !== undefined) {
      const sentence = fill(parts.phrases[language].declinedArticle, { articulo: missing });
      return { reply: decline(sentence, language, parts), retrieved };
    }
    return { reply: toReply(answer, language, parts), retrieved };
  };
}

function toReply(answer: Answer, language: Language, parts: TurnParts): Reply {
  switch (answer.kind) {
    case 'grounded':
      return {
        kind: 'answer',
        language,
        blocks: answer.blocks,
        citations: answer.citations.map((citation) => citation.shown()),
      };
    case 'clarify': {
      const items = answer.choices;
      const blocks = [{ kind: 'list', title: answer.question, ordered: true, items }] as const;
      return { kind: 'clarify', language, blocks, citations: [] };
    }
    case 'declined':
      return decline(parts.phrases[language].declined, language, parts);
    default:
      return assertNever(answer);
  }
}

/** An honest no, and where to ask instead. */
function decline(sentence: string, language: Language, { phrases, knowledge }: TurnParts): Reply {
  return say('declined', language, sentence, fill(phrases[language].next, { igm: igmContact(knowledge) }));
}

function say(kind: Reply['kind'], language: Language, ...paragraphs: readonly string[]): Reply {
  const blocks = paragraphs.map((text) => ({ kind: 'paragraph', text }) as const);
  return { kind, language, blocks, citations: [] };
}

/** Guatemala keeps UTC−6 all year: its day, not the server's, is the day a person means. */
export function guatemalanDay(now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Guatemala' }).format(now);
}
