import { speakingClaims } from '../knowledge/knowledge.ts';
import type { Passage } from '../retrieval/passage.ts';
import { type Body, join, wordsOf } from './body.ts';
import type { Cite } from './cite.ts';
import { claimWords } from './claim-words.ts';
import { firstOf } from './select-claims.ts';

const MOST_REFERENCES = 4;
const MOST_SENTENCES = 3;
/** Characters of all of them together. */
const MOST_CHARACTERS = 700;

/** The passages that were asked for by number or name, when there are several; empty when one or none was. */
export function exactReferences(passages: readonly Passage[]): readonly Passage[] {
  const best = passages[0]?.score ?? 0;
  const exact = passages.filter(({ matches, score }) => matches.includes('reference') && score >= best);
  return exact.length < 2 ? [] : exact.slice(0, MOST_REFERENCES);
}

/** The first sentences of each under its own name. */
export function composeReferences(passages: readonly Passage[], cite: Cite): Body {
  const room = { claims: MOST_SENTENCES, characters: MOST_CHARACTERS / passages.length };
  return join(
    ...passages.map((passage): Body => {
      const rules = speakingClaims(passage.unit).filter(({ part }) => part !== 'basis');
      const claims = firstOf(rules.length > 0 ? rules : speakingClaims(passage.unit), room);
      const title = `${cite(passage).label}:`;
      const items = claims.map(claimWords);
      return wordsOf(passage.unit, {
        blocks: [{ kind: 'list', title, ordered: false, items, worth: 'lead' }],
        claims,
      });
    }),
  );
}
