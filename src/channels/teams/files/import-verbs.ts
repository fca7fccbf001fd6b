import { z } from 'zod';
import type { HandleVerb } from '../card-actions.ts';
import { IMPORT_VERBS, importCard } from './import-card.ts';
import { mayLoad } from './may-load.ts';
import type { Decision, PendingImports } from './pending-imports.ts';
import { PRESS_WORDS } from './texts.ts';

const dataSchema = z.looseObject({ occasion: z.string().min(1) });

/** The verbs of the buttons under a report. Whoever has lost the role since then, or never had it, decides nothing. */
export function createImportVerbs(pending: PendingImports): Readonly<Record<string, HandleVerb>> {
  const decide =
    (decision: Decision): HandleVerb =>
    async ({ data, asker, conversation }) => {
      if (!mayLoad(asker.role)) return { kind: 'message', text: PRESS_WORDS.notAnEditor };
      const parsed = dataSchema.safeParse(data);
      const decided = parsed.success
        ? await pending.decide(parsed.data.occasion, conversation, decision)
        : undefined;
      if (decided === undefined) return { kind: 'message', text: PRESS_WORDS.unknown };
      return { kind: 'card', card: importCard(decided.pending, await decided.outcome) };
    };
  return { [IMPORT_VERBS.apply]: decide('apply'), [IMPORT_VERBS.discard]: decide('discard') };
}
