import type { Answer } from '../answering/answer.ts';
import { askedParts } from '../answering/asked-parts.ts';
import { maskPersonalData } from '../safety/mask-personal-data.ts';
import { guatemalanDay } from './guatemalan-time.ts';
import { quotedMatter } from './quoted-matter.ts';
import { answerReply, missingArticleReply } from './replies.ts';
import type { TalkContext } from './talk-context.ts';
import type { Said, Turn, TurnParts } from './turn.ts';
import type { Matter, Understood } from './understand.ts';

const MOST_PASSAGES = 10;
/** So many of the first passages tell what a turn is about. */
const TELLING_PASSAGES = 5;

/** Answers a question: understand → retrieve → answer, or say which article is not held. */
export async function questionTurn(said: Said, parts: TurnParts): Promise<Turn> {
  const { message, language } = said;
  const today = guatemalanDay(parts.now());
  const { audience, asOf = today } = message;
  // Who quotes a message speaks of that one, whatever was said since.
  const talkedAbout = message.quoted === undefined ? said.before : quotedMatter(message.quoted);
  const limits = { limit: MOST_PASSAGES, audience, asOf };
  const understood = await parts.understand(message.text, talkedAbout, limits);
  const { retrieved, matter } = understood;
  const turn = {
    retrieved,
    context: remembered(matter, language),
    sensitive: retrieved.slice(0, TELLING_PASSAGES).some(({ unit }) => unit.sensitive),
    erasePerson: false,
  };
  const missing = parts.findMissingArticle(understood.question, audience, retrieved);
  if (missing !== undefined) return { ...turn, reply: missingArticleReply(missing, language, parts) };
  const text = wholeQuestion(message.text, understood);
  const answer = await parts.answerer.answer({ text, language, audience, asOf, today }, retrieved);
  const context = { ...turn.context, ...waitedFor(answer) };
  return { ...turn, context, reply: answerReply(answer, language, parts) };
}

/** "Y para mi hijo" asks about the same side as the question it leans on. */
function wholeQuestion(text: string, { leans, question }: Understood): string {
  return leans && askedParts(text).length === 0 ? question : text;
}

function remembered({ topic, detail }: Matter, language: TalkContext['language']): TalkContext {
  return {
    topic: maskPersonalData(topic),
    ...(detail === undefined ? {} : { detail: maskPersonalData(detail) }),
    language,
  };
}

function waitedFor(answer: Answer): Pick<TalkContext, 'pending' | 'choices'> {
  if (answer.kind !== 'clarify') return {};
  return { pending: 'choices', choices: answer.choices.map((choice) => ({ label: choice, ask: choice })) };
}
