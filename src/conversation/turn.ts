import type { Answerer } from '../answering/answerer.ts';
import type { PhraseBook } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/unit.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { AnswerLocation } from './answer-location.ts';
import type { FindCommand } from './commands.ts';
import type { DangerParts } from './danger-parts.ts';
import type { NoticeFacts } from './first-notice.ts';
import type { DetectLanguage } from './language.ts';
import type { FindMissingArticle } from './missing-article.ts';
import type { ReadNumber } from './read-number.ts';
import type { Respell } from './respell.ts';
import type { Courtesies } from './smalltalk.ts';
import type { TalkContext } from './talk-context.ts';
import type { TurnMessage } from './turn-message.ts';
import type { Understand } from './understand.ts';

/** What one turn needs. */
export interface TurnParts {
  readonly knowledge: Knowledge;
  readonly answerer: Answerer;
  readonly phrases: PhraseBook;
  readonly understand: Understand;
  readonly courtesies: Courtesies;
  readonly findCommand: FindCommand;
  readonly readNumber: ReadNumber;
  readonly detectLanguage: DetectLanguage;
  /** Puts words right that were written by ear; absent, they are read as written. */
  readonly respell?: Respell;
  readonly findMissingArticle: FindMissingArticle;
  /** What a danger is recognised by and answered with; absent, none is looked for. */
  readonly dangers?: DangerParts;
  /** What the notice of the first contact says of this Orienta; absent, none is given. */
  readonly notice?: NoticeFacts;
  /** What is near a place, by its id; absent where no places are known. */
  readonly answerLocation?: AnswerLocation;
  /** What staff order by a word; absent, nothing is ordered so. */
  readonly staffTurn?: StaffTurn;
  /** The vetted recording that says a text, by its id; absent where there are none. */
  readonly findRecording?: FindRecording;
  /** Whether a speech service speaks what no recording says. */
  readonly speaks?: boolean;
  readonly now: () => Date;
}

/** Finds the vetted recording of the notice or of a reply; undefined when none says it. */
export type FindRecording = (
  of: { readonly kind: 'notice' } | { readonly kind: 'reply'; readonly reply: Reply },
) => string | undefined;

/** Does what staff order by a word; undefined when a message orders nothing. */
export type StaffTurn = (said: Said) => Promise<Turn | undefined>;

/** A message in the light of its talk. */
export interface Said {
  readonly message: TurnMessage;
  readonly before: TalkContext | undefined;
  /** The language to answer in. */
  readonly language: Language;
}

/** What one turn came to. */
export interface Turn {
  /** Undefined when nothing goes back. */
  readonly reply: Reply | undefined;
  /** The notice of the first contact, where this turn may be followed by it. */
  readonly notice?: Reply;
  /** What retrieval found, best first; empty when it did not run. */
  readonly retrieved: readonly Passage[];
  /** What the next turn of the talk is to remember. */
  readonly context: TalkContext | undefined;
  /** True for turns about refuge or danger: what was written is kept for hours, not weeks. */
  readonly sensitive: boolean;
  /** Everything kept of the person is to be erased as the turn closes. */
  readonly erasePerson: boolean;
  /** The person wants no more reminders, or wants them again. */
  readonly stop?: 'stop' | 'resume';
}

/** A turn that says something without having searched. */
export function quietTurn(reply: Reply | undefined, context: TalkContext | undefined): Turn {
  return { reply, retrieved: [], context, sensitive: false, erasePerson: false };
}
