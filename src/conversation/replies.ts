import type { Answer } from '../answering/answer.ts';
import { missingWords } from '../answering/missing-words.ts';
import { emergencyWords, igmContact } from '../answering/next-step.ts';
import { fill, type PhraseBook } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import { assertNever } from '../errors.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/unit.ts';
import type { MissingArticle } from './missing-article.ts';

/** What the sentences around an answer are taken from. */
interface ReplyParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
}

/** What a person is sent of an answer. */
export function answerReply(answer: Answer, language: Language, parts: ReplyParts): Reply {
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

/** Says which article or norm is not held. */
export function missingArticleReply(missing: MissingArticle, language: Language, parts: ReplyParts): Reply {
  return decline(missingWords(missing, parts.phrases[language]), language, parts);
}

/** A reply of plain sentences that cites nothing. */
export function sayReply(kind: Reply['kind'], language: Language, ...paragraphs: readonly string[]): Reply {
  const blocks = paragraphs.map((text) => ({ kind: 'paragraph', text }) as const);
  return { kind, language, blocks, citations: [] };
}

/** An honest no, where to ask instead, and whom to ring in danger: who asks something else may be in it. */
function decline(sentence: string, language: Language, { phrases, knowledge }: ReplyParts): Reply {
  const said = phrases[language];
  const emergency = emergencyWords(knowledge, said);
  return sayReply(
    'declined',
    language,
    sentence,
    fill(said.next, { contacto: igmContact(knowledge, language) }),
    ...(emergency === undefined ? [] : [emergency]),
  );
}
