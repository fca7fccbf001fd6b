import type { Passage } from '../retrieval/passage.ts';
import type { Answer, Question } from './answer.ts';

/** Turns retrieved passages into an answer. */
export interface Answerer {
  /** Says only what `passages` support; declines when none is near enough. */
  answer(question: Question, passages: readonly Passage[], signal?: AbortSignal): Promise<Answer>;
}
