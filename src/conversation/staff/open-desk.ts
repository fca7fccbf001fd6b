import type { Cite } from '../../answering/cite.ts';
import type { PhraseBook } from '../../answering/phrases.ts';
import type { OfferFile } from '../../channels/file-shelf.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { ContinueReference } from '../../retrieval/continue-reference.ts';
import { createFindPolicyCodes } from '../../retrieval/find-policy-codes.ts';
import type { ReferenceFinder } from '../../retrieval/find-references.ts';
import type { Retriever } from '../../retrieval/retriever.ts';
import type { StaffTurn } from '../turn.ts';
import { createActionsLookup } from './actions-lookup.ts';
import { type CopyForWhatsApp, createCopyForWhatsApp } from './copy-order.ts';
import { createExportTables, type ExportTables } from './export-order.ts';
import { createNormFinder } from './find-norm.ts';
import { createInstitutions } from './institutions.ts';
import { createNormLookup } from './norm-lookup.ts';
import { readPolicy } from './policy-actions.ts';
import { createResponsibleLookup } from './responsible-lookup.ts';
import { createStaffTurn } from './staff-turn.ts';
import { createValidityLookup } from './validity-lookup.ts';

/** What staff's desk is opened from. */
export interface DeskParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly retriever: Retriever;
  readonly findReferences: ReferenceFinder;
  readonly continueReference: ContinueReference;
  readonly cite: Cite;
  /** Where files can be fetched; absent where nobody could reach them. */
  readonly offer: OfferFile | undefined;
  readonly now: () => Date;
}

/** What staff can have done: what they order by a word, and what can be made of an answer as it was kept. */
export interface Desk {
  readonly turn: StaffTurn;
  readonly exportTables: ExportTables;
  readonly copyForWhatsApp: CopyForWhatsApp;
}

/** Joins the orders of staff: help, norms, validity, who answers, actions, Excel, and text to copy. */
export function openDesk(parts: DeskParts): Desk {
  const { knowledge, phrases } = parts;
  const finder = createNormFinder(knowledge);
  const institutions = createInstitutions(knowledge);
  const policy = readPolicy(knowledge, institutions);
  const findCodes = createFindPolicyCodes(knowledge.units.values());
  const acciones = createActionsLookup({ policy, institutions, findCodes });
  const exportTables = createExportTables(parts);
  const copyForWhatsApp = createCopyForWhatsApp({ knowledge, phrases: phrases.es });
  const turn = createStaffTurn({
    exportTables,
    copyForWhatsApp,
    lookups: {
      norma: createNormLookup({ ...parts, finder }),
      vigencia: createValidityLookup({ ...parts, finder }),
      responsable: createResponsibleLookup({ ...parts, policy, institutions, findCodes, actions: acciones }),
      acciones,
    },
    continueReference: parts.continueReference,
    cite: parts.cite,
    now: parts.now,
  });
  return { turn, exportTables, copyForWhatsApp };
}
