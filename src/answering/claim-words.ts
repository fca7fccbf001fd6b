import type { Claim, Unit } from '../knowledge/unit.ts';
import { overlap } from './select-claims.ts';

const DISAGREE = 'Las fuentes no coinciden: confirme.';
/** Ways in which a sentence says that its sources differ. */
const SAYS_SO =
  /fuentes (no|dan|dicen)|no coinciden|distint[oa]s|otra (fuente|gu[ií]a|p[aá]gina|nota)|una (fuente|nota|p[aá]gina)/i;

/** Characters of a name that may stand before a sentence; a longer one buries it, and the citation gives it. */
const LONGEST_NAME = 80;
/** Words that say what sort of norm it is, not of what it speaks: "según el reglamento" names no regulation. */
const SORTS = /\b(reglamento|acuerdo|decreto|ley|c[oó]digo|gu[ií]a|guatemal\p{L}*|art[ií]culo)s?\b/giu;

/** What a person reads of a claim; that its sources disagree is always said. */
export function claimWords({ text, conflict }: Claim): string {
  return conflict === true && !SAYS_SO.test(text) ? `${text} ${DISAGREE}` : text;
}

/** Claims with the unit's name before them where they do not say of what they speak: "Está en la zona 1". */
export function namedWords({ title, acronym }: Unit, claims: readonly Claim[]): readonly string[] {
  const [first, ...others] = claims.map(claimWords);
  if (first === undefined) return [];
  const names = overlap(`${title} ${acronym ?? ''}`.replace(SORTS, ' '), [first, ...others].join(' ')) > 0;
  return [names || title.length > LONGEST_NAME ? first : `${title}: ${first}`, ...others];
}
