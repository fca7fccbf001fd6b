import type { Answerer } from '../answering/answerer.ts';
import { askedParts } from '../answering/asked-parts.ts';
import type { PhraseBook } from '../answering/phrases.ts';
import type { InboundMessage, Reply } from '../channels/channel.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/unit.ts';
import type { Passage } from '../retrieval/passage.ts';
import { maskPersonalData } from '../safety/mask-personal-data.ts';
import type { FindCommand } from './commands.ts';
import type { DetectLanguage } from './language.ts';
import type { FindMissingArticle } from './missing-article.ts';
import { answerReply, missingArticleReply, sayReply } from './replies.ts';
import type { Courtesies } from './smalltalk.ts';
import type { TalkContext } from './talk-context.ts';
import type { Understand } from './understand.ts';

/** What one turn needs. */
export interface TurnParts {
  readonly knowledge: Knowledge;
  readonly answerer: Answerer;
  readonly phrases: PhraseBook;
  readonly understand: Understand;
  readonly courtesies: Courtesies;
  readonly findCommand: FindCommand;
  readonly detectLanguage: DetectLanguage;
  readonly findMissingArticle: FindMissingArticle;
  readonly now: () => Date;
}

/** What one turn came to. */
export interface Turn {
  readonly reply: Reply;
  /** What retrieval found, best first; empty when it did not run. */
  readonly retrieved: readonly Passage[];
  /** What the next turn of the talk is to remember. */
  readonly context: TalkContext | undefined;
  /** True for turns about refuge or danger: what was written is kept for hours, not weeks. */
  readonly sensitive: boolean;
  /** Everything kept of the person is to be erased as the turn closes. */
  readonly erasePerson: boolean;
}

/** Turns one message into one reply, in the light of what the turn before left. It keeps nothing itself. */
export type HandleMessage = (message: InboundMessage, before: TalkContext | undefined) => Promise<Turn>;

const MOST_PASSAGES = 10;
const DEFAULT_LANGUAGE: Language = 'es';
/** So many of the first passages tell what a turn is about. */
const TELLING_PASSAGES = 5;

/** The story of one turn: command? → courtesy? → understand → retrieve → answer. */
export function createHandleMessage(parts: TurnParts): HandleMessage {
  return async (message, before) => {
    const language = parts.detectLanguage(message.text, before?.language ?? DEFAULT_LANGUAGE);
    return (
      commandTurn(message.text, before, language, parts) ??
      courtesyTurn(message.text, before, language, parts) ??
      (await questionTurn(message, before, language, parts))
    );
  };
}

function commandTurn(
  text: string,
  before: TalkContext | undefined,
  language: Language,
  { findCommand, phrases }: TurnParts,
): Turn | undefined {
  const said = phrases[language];
  if (findCommand(text, ['erase']) === 'erase') {
    const context = { topic: '', language, pending: 'erase' } as const;
    return { ...quietTurn(sayReply('command', language, said.eraseAsk)), context };
  }
  if (before?.pending !== 'erase') return undefined;
  const answer = findCommand(text, ['yes', 'no']);
  if (answer === undefined) return undefined;
  const erasePerson = answer === 'yes';
  return {
    ...quietTurn(sayReply('command', language, erasePerson ? said.erased : said.eraseKept)),
    erasePerson,
  };
}

function courtesyTurn(
  text: string,
  before: TalkContext | undefined,
  language: Language,
  { courtesies, phrases }: TurnParts,
): Turn | undefined {
  const courtesy = courtesies.find(text);
  if (courtesy === undefined) return undefined;
  // "Bonjour" is too short to tell a language by its letters, and tells it by being a greeting of that language.
  const own = courtesy.languages.includes(language) ? language : (courtesy.languages[0] ?? language);
  return {
    ...quietTurn(sayReply('smalltalk', own, phrases[own][courtesy.kind])),
    context:
      before === undefined && own === DEFAULT_LANGUAGE ? undefined : { ...matterOf(before), language: own },
  };
}

async function questionTurn(
  message: InboundMessage,
  before: TalkContext | undefined,
  language: Language,
  parts: TurnParts,
): Promise<Turn> {
  const { audience } = message;
  const today = guatemalanDay(parts.now());
  const asOf = message.asOf ?? today;
  const understood = await parts.understand(message.text, before, { limit: MOST_PASSAGES, audience, asOf });
  const { retrieved, matter } = understood;
  const missing = parts.findMissingArticle(understood.question, audience, retrieved);
  // "Y para mi hijo" asks about the same side as the question it leans on.
  const leansWhole = understood.leans && askedParts(message.text).length === 0;
  const text = leansWhole ? understood.question : message.text;
  const question = { text, language, audience, asOf, today };
  const reply =
    missing === undefined
      ? answerReply(await parts.answerer.answer(question, retrieved), language, parts)
      : missingArticleReply(missing, language, parts);
  return {
    reply,
    retrieved,
    context: {
      topic: maskPersonalData(matter.topic),
      ...(matter.detail === undefined ? {} : { detail: maskPersonalData(matter.detail) }),
      language,
    },
    sensitive: retrieved.slice(0, TELLING_PASSAGES).some(({ unit }) => unit.sensitive),
    erasePerson: false,
  };
}

function quietTurn(reply: Reply): Turn {
  return { reply, retrieved: [], context: undefined, sensitive: false, erasePerson: false };
}

function matterOf(before: TalkContext | undefined): Pick<TalkContext, 'topic' | 'detail'> {
  if (before === undefined) return { topic: '' };
  return { topic: before.topic, ...(before.detail === undefined ? {} : { detail: before.detail }) };
}

/** Made once: making it takes longer than a search. */
const GUATEMALAN_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Guatemala' });

/** Guatemala keeps UTC−6 all year: its day, not the server's, is the day a person means. */
export function guatemalanDay(now: Date): string {
  return GUATEMALAN_DAY.format(now);
}
