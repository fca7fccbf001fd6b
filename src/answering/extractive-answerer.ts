import type { Knowledge } from '../knowledge/knowledge.ts';
import { speakingClaims } from '../knowledge/knowledge.ts';
import type { Unit } from '../knowledge/unit.ts';
import { NEAR_ENOUGH, type Passage } from '../retrieval/passage.ts';
import type { Answer, Block, Question } from './answer.ts';
import type { Answerer } from './answerer.ts';
import type { Cite } from './cite.ts';
import { type Body, composeBody } from './compose-body.ts';
import { contactWords } from './contact-words.ts';
import { reviewNotice, validityWarning } from './notices.ts';
import { fill, type PhraseBook } from './phrases.ts';
import { claimsOf, mostTelling, overlap } from './select-claims.ts';

/** What the answerer is built from. */
export interface ExtractiveParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly cite: Cite;
}

/** A second unit joins in when it is nearly as near as the first. */
const SUPPORT_SHARE = 0.85;
const MOST_SUPPORTS = 2;
const MOST_CONTACTS = 2;
/** A Guatemalan number as people read it out. */
const PHONE = /\b\d{4}-\d{4}\b/;

/** An answerer without a model: it chooses among the sentences of the units and writes none of its own. */
export function createExtractiveAnswerer({ knowledge, phrases, cite }: ExtractiveParts): Answerer {
  return {
    async answer(question, passages): Promise<Answer> {
      const [main, ...rest] = passages;
      if (main === undefined || main.score < NEAR_ENOUGH) return { kind: 'declined', reason: 'no-evidence' };
      const said = phrases[question.language];
      const body = composeBody(main.unit, question, said);
      // Who asks for one side gets that side alone; sentences from beside it would only bury it.
      const supports = body.side === 'asked' ? [] : supporting(main, rest, question);
      const blocks: Block[] = [
        ...inSpanish(said.answerInSpanish),
        ...validityWarning(main.unit, knowledge),
        ...body.blocks,
        ...supports.flatMap((support) => support.body.blocks),
        reviewNotice(main.unit, body.claims, question, said),
        ...nextStep(main.unit, body, knowledge, said.next),
      ];
      const [first, ...others] = blocks;
      if (first === undefined || body.claims.length === 0) return { kind: 'declined', reason: 'no-evidence' };
      const citations = supports.map((support) => cite(support.passage));
      return { kind: 'grounded', blocks: [first, ...others], citations: [cite(main), ...citations] };
    },
  };
}

function inSpanish(frame: string): readonly Block[] {
  return frame === '' ? [] : [{ kind: 'notice', text: frame }];
}

interface Support {
  readonly passage: Passage;
  readonly body: Body;
}

/** Units that back the main one: named by it or naming it, or found by reference beside it, and nearly as near. */
function supporting(main: Passage, rest: readonly Passage[], question: Question): readonly Support[] {
  return rest
    .filter((passage) => passage.score >= Math.max(NEAR_ENOUGH, main.score * SUPPORT_SHARE))
    .filter((passage) => related(main, passage))
    .slice(0, MOST_SUPPORTS)
    .map((passage) => ({ passage, body: oneSentence(passage.unit, question) }))
    .filter((support) => support.body.claims.length > 0);
}

function related(main: Passage, other: Passage): boolean {
  if (main.matches.includes('reference')) return other.matches.includes('reference');
  return main.unit.see.includes(other.unit.id) || other.unit.see.includes(main.unit.id);
}

/** The one sentence of a backing unit that speaks to the question; none when no sentence does. */
function oneSentence(unit: Unit, question: Question): Body {
  const [claim] = mostTelling(
    question.text,
    speakingClaims(unit).filter(({ part }) => part !== 'basis'),
    1,
  );
  if (claim === undefined || overlap(question.text, claim) === 0)
    return { side: 'whole', blocks: [], claims: [] };
  return { side: 'whole', blocks: [{ kind: 'paragraph', text: claim.text }], claims: [claim] };
}

/** Where to go on: the numbers the unit itself gives, else IGM's. An institution's answer is where to go already. */
function nextStep(unit: Unit, body: Body, knowledge: Knowledge, phrase: string): readonly Block[] {
  if (unit.kind === 'institution' || unit.kind === 'contact') return [];
  const own = claimsOf(unit, 'contact').filter(({ text }) => PHONE.test(text));
  if (own.length === 0) return [{ kind: 'paragraph', text: fill(phrase, { igm: igmContact(knowledge) }) }];
  const unsaid = own.filter((claim) => !body.claims.includes(claim)).slice(0, MOST_CONTACTS);
  return unsaid.length === 0 ? [] : [{ kind: 'paragraph', text: unsaid.map(({ text }) => text).join(' ') }];
}

/** How to reach IGM, from the directory. */
export function igmContact(knowledge: Knowledge): string {
  const igm = knowledge.units.get('directorio/igm');
  return igm === undefined ? 'IGM' : [igm.title, contactWords(igm.contact ?? {})].join(', ');
}
