import type { Block } from '../../answering/answer.ts';
import { claimWords } from '../../answering/claim-words.ts';
import { reviewNotice } from '../../answering/notices.ts';
import type { PhraseBook } from '../../answering/phrases.ts';
import { type Knowledge, speakingClaims } from '../../knowledge/knowledge.ts';
import type { Unit } from '../../knowledge/unit.ts';
import type { ReferenceFinder } from '../../retrieval/find-references.ts';
import type { DeskLimits } from './desk-answer.ts';
import type { NormFinder } from './find-norm.ts';

/** What looking norms up needs. */
export interface NormLookupParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly findReferences: ReferenceFinder;
  readonly finder: NormFinder;
}

/** What the unit says, whole, under its name; the sentence that only tells what it is about comes last. */
export function wordsBlock(name: string, unit: Unit): Block {
  const claims = speakingClaims(unit);
  const ordered = [
    ...claims.filter(({ part }) => part !== 'basis'),
    ...claims.filter(({ part }) => part === 'basis'),
  ];
  const items = unit.plain.length > 0 ? unit.plain : ordered.map(claimWords);
  return {
    kind: 'list',
    title: `${name}. En palabras sencillas:`,
    ordered: false,
    items,
    worth: 'lead',
    unit: unit.id,
  };
}

/** How a unit stands, how far it was reviewed, how sure it is, and who says so. */
export function reviewBlock(unit: Unit, limits: DeskLimits, { phrases, knowledge }: NormLookupParts): Block {
  const question = { text: '', language: 'es', ...limits } as const;
  return {
    ...reviewNotice(unit, speakingClaims(unit), question, { phrases: phrases.es, knowledge }),
    unit: unit.id,
  };
}
