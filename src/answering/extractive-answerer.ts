import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/unit.ts';
import { createReferenceFinder } from '../retrieval/find-references.ts';
import { NEAR_ENOUGH, type Passage } from '../retrieval/passage.ts';
import type { Answer, Block, Question } from './answer.ts';
import type { Answerer } from './answerer.ts';
import { askedParts } from './asked-parts.ts';
import { type Body, bodyText, join, paragraph, wordsOf, worth } from './body.ts';
import { chooseLead } from './choose-lead.ts';
import type { Cite } from './cite.ts';
import { composeBody } from './compose-body.ts';
import { composeReferences, exactReferences } from './compose-references.ts';
import { lacksSide } from './lacking-side.ts';
import { missingArticles } from './missing-words.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { reviewNotice, validityWarning } from './notices.ts';
import type { PhraseBook } from './phrases.ts';
import { chooseSupports } from './supports.ts';

/** What the answerer is built from. */
export interface ExtractiveParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly cite: Cite;
}

/** What is to be said, and of which passages; the first of them leads. */
interface Draft {
  readonly body: Body;
  readonly passages: readonly [Passage, ...Passage[]];
  /** The question named a side that nothing found holds. */
  readonly lacksSide: boolean;
  /** Which of the articles asked for are not held, in sentences. */
  readonly missing: readonly string[];
}

/** An answerer without a model: it chooses among the sentences of the units and writes none of its own. */
export function createExtractiveAnswerer(parts: ExtractiveParts): Answerer {
  const findReferences = createReferenceFinder(parts.knowledge);
  return {
    async answer(question, passages): Promise<Answer> {
      const [first] = passages;
      if (first === undefined || first.score < NEAR_ENOUGH)
        return { kind: 'declined', reason: 'no-evidence' };
      const { missing } = findReferences(question.text, question.audience);
      const draft = {
        ...draftOf(question, first, passages, parts.cite),
        missing: missingArticles(missing, parts.knowledge, parts.phrases[question.language]),
      };
      const [lead, ...others] = framed(draft, question, passages, parts);
      if (lead === undefined || draft.body.claims.length === 0)
        return { kind: 'declined', reason: 'no-evidence' };
      const [main, ...beside] = draft.passages;
      const cite = (passage: Passage) => parts.cite(passage, question);
      return {
        kind: 'grounded',
        blocks: [lead, ...others],
        citations: [cite(main), ...beside.map(cite)],
      };
    },
  };
}

function draftOf(
  question: Question,
  first: Passage,
  passages: readonly Passage[],
  cite: Cite,
): Omit<Draft, 'missing'> {
  const [reference, ...references] = exactReferences(passages);
  if (reference !== undefined) {
    const all = [reference, ...references] as const;
    return { body: composeReferences(all, cite), passages: all, lacksSide: false };
  }
  const asked = askedParts(question.text);
  const main = chooseLead(question.text, asked, passages) ?? first;
  const body = composeBody(main.unit, question.text, asked);
  if (body.side === 'asked') return { body, passages: [main], lacksSide: false };
  // Who asks for one side gets that side alone; sentences from beside it would only bury it.
  const supports = chooseSupports(question.text, main, passages, bodyText(body));
  return {
    body: join(
      body,
      ...supports.map(({ passage, claim }) => worth('aside', wordsOf(passage.unit, paragraph([claim])))),
    ),
    passages: [main, ...supports.map(({ passage }) => passage)],
    lacksSide: lacksSide(main.unit, asked, question.text, bodyText(body)),
  };
}

/** The body among what is said around it: first what changed, last where to go on. */
function framed(
  { body, passages: [main, ...beside], lacksSide, missing }: Draft,
  question: Question,
  found: readonly Passage[],
  { knowledge, phrases }: ExtractiveParts,
): readonly Block[] {
  const { language } = question;
  const said = phrases[language];
  const inLanguage = marker(language);
  const warnings = [main, ...beside.filter(({ matches }) => matches.includes('reference'))];
  const next = nextStep(main, body.claims, found, { knowledge, phrases: said, language });
  const review = reviewNotice(main.unit, body.claims, question, { phrases: said, knowledge });
  return [
    ...inLanguage(language, notice(said.answerInSpanish)),
    ...inLanguage('es', ...warnings.flatMap(({ unit }) => validityWarning(unit, knowledge, question))),
    ...(lacksSide ? inLanguage(language, warning(said.missingPart)) : []),
    ...inLanguage('es', ...body.blocks),
    ...inLanguage(language, ...missing.map(warning)),
    ...inLanguage(question.audience === 'staff' ? 'es' : language, review),
    ...(next === undefined ? [] : inLanguage(next.lang, nextBlock(next))),
  ];
}

/** Marks blocks with their language, where the reply has more than one. */
function marker(reply: Language) {
  return (lang: Language, ...blocks: readonly (Block | undefined)[]): readonly Block[] => {
    const present = blocks.filter((block) => block !== undefined);
    return reply === 'es' ? present : present.map((block) => ({ ...block, lang }));
  };
}

function notice(text: string): Block | undefined {
  return text === '' ? undefined : { kind: 'notice', text, worth: 'warning' };
}

function warning(text: string): Block {
  return { kind: 'paragraph', text, worth: 'warning' };
}

function nextBlock({ text, brief }: NextStep): Block {
  return { kind: 'paragraph', text, brief, worth: 'aside' };
}
