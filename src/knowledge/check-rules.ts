import type { Corpus, Rule } from './corpus.ts';
import type { Defect } from './defect.ts';
import { internalIsStaff } from './rules/audience.ts';
import { duplicateClaims, duplicateNorms, duplicateUnits, unknownNorm } from './rules/identity.ts';
import {
  amountsWithoutClaim,
  danglingInstitutions,
  danglingNorms,
  danglingUnits,
} from './rules/references.ts';
import { familiarRegister } from './rules/register.ts';
import {
  claimsAboutTheText,
  contactsWithoutSubject,
  escapedCharacters,
  namelessSources,
} from './rules/standing-alone.ts';
import { editorRemarks, unconfirmedNumbers } from './rules/wording.ts';

/** Without these the knowledge cannot be put together, so loading insists on them. */
export const STRUCTURE_RULES: readonly Rule[] = [
  duplicateUnits,
  duplicateNorms,
  unknownNorm,
  internalIsStaff,
];

/** What editors must mend before a release; loading does not wait for it. */
export const CONTENT_RULES: readonly Rule[] = [
  duplicateClaims,
  danglingUnits,
  danglingNorms,
  danglingInstitutions,
  amountsWithoutClaim,
  editorRemarks,
  unconfirmedNumbers,
  claimsAboutTheText,
  contactsWithoutSubject,
  escapedCharacters,
  namelessSources,
  familiarRegister,
];

/** Everything the rules find, in the order of files and lines. */
export function applyRules(rules: readonly Rule[], corpus: Corpus): readonly Defect[] {
  return inFileOrder(rules.flatMap((rule) => rule(corpus)));
}

/** Sorts by file, then line. */
export function inFileOrder(defects: readonly Defect[]): readonly Defect[] {
  return defects.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
