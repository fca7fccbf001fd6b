import type { Answer } from '../answering/answer.ts';
import { igmContact } from '../answering/extractive-answerer.ts';
import { fill, type PhraseBook } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import { assertNever } from '../errors.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/unit.ts';

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

/** Says which article is not held. @param missing it in words, "el artículo 999 (Código de Migración)" */
export function missingArticleReply(missing: string, language: Language, parts: ReplyParts): Reply {
  return decline(fill(parts.phrases[language].declinedArticle, { articulo: missing }), language, parts);
}

/** A reply of plain sentences that cites nothing. */
export function sayReply(kind: Reply['kind'], language: Language, ...paragraphs: readonly string[]): Reply {
  const blocks = paragraphs.map((text) => ({ kind: 'paragraph', text }) as const);
  return { kind, language, blocks, citations: [] };
}

/** An honest no, and where to ask instead. */
function decline(sentence: string, language: Language, { phrases, knowledge }: ReplyParts): Reply {
  return sayReply(
    'declined',
    language,
    sentence,
    fill(phrases[language].next, { igm: igmContact(knowledge) }),
  );
}
