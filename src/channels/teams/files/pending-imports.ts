import type { Importer, ImportReport } from '../../../knowledge/importer.ts';
import type { ConversationId } from '../../channel.ts';

/** A file that was examined and waits for its sender to decide. */
export interface PendingImport {
  /** The examination's id: whatever is pressed under its report bears it, so a repeat is known for one. */
  readonly id: string;
  readonly conversation: ConversationId;
  /** As the sender called the file. */
  readonly name: string;
  readonly report: ImportReport;
}

export type Decision = 'apply' | 'discard';

/** What became of it. `failed`: nothing was changed, and it may be decided again. */
export type ImportOutcome =
  | { readonly kind: 'applied' | 'discarded' | 'expired' | 'failed' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What was decided about. */
export interface Decided {
  readonly pending: PendingImport;
  /** The same one however often it is asked for; only after `failed` another is begun. */
  readonly outcome: Promise<ImportOutcome>;
}

/** Examined files, in memory only: whoever lets one lie, or restarts Orienta, sends it again. */
export interface PendingImports {
  /** Keeps one until it is decided or its time is over. One a conversation: the one before is discarded. */
  add(pending: PendingImport): Promise<void>;
  /** The first decision counts. @returns undefined when it is not kept, or belongs to another conversation */
  decide(id: string, conversation: ConversationId, decision: Decision): Promise<Decided | undefined>;
  /** Discards all that is undecided. */
  clear(): Promise<void>;
}

interface Entry {
  readonly pending: PendingImport;
  readonly expiresAt: number;
  outcome: Promise<ImportOutcome> | undefined;
}

/** What the keeping goes by. */
export interface PendingParts {
  readonly importer: Pick<Importer, 'apply' | 'discard'>;
  readonly ttlMs: number;
  readonly now: () => Date;
  /** Told when the importer breaks. */
  readonly onFault: (error: unknown) => void;
}

/** @returns an empty keeping */
export function createPendingImports({ importer, ttlMs, now, onFault }: PendingParts): PendingImports {
  const entries = new Map<string, Entry>();
  let sweep: NodeJS.Timeout | undefined;

  const drop = async ({ pending, outcome }: Entry): Promise<void> => {
    entries.delete(pending.id);
    if (outcome === undefined) await importer.discard(pending.id).catch(onFault);
  };
  const purge = async (): Promise<void> => {
    const old = [...entries.values()].filter(({ expiresAt }) => expiresAt <= now().getTime());
    await Promise.all(old.map(drop));
    clearTimeout(sweep);
    if (entries.size > 0) sweep = setTimeout(() => void purge(), ttlMs).unref();
  };
  const carryOut = (entry: Entry, decision: Decision): Promise<ImportOutcome> => {
    entry.outcome = settle(importer, entry.pending.id, decision).catch((error: unknown) => {
      entry.outcome = undefined;
      onFault(error);
      return { kind: 'failed' };
    });
    return entry.outcome;
  };

  return {
    add: async (pending) => {
      await Promise.all(
        [...entries.values()]
          .filter((entry) => entry.pending.conversation === pending.conversation)
          .map(drop),
      );
      entries.set(pending.id, { pending, expiresAt: now().getTime() + ttlMs, outcome: undefined });
      await purge();
    },
    decide: async (id, conversation, decision) => {
      await purge();
      const entry = entries.get(id);
      if (entry === undefined || entry.pending.conversation !== conversation) return undefined;
      return { pending: entry.pending, outcome: entry.outcome ?? carryOut(entry, decision) };
    },
    clear: async () => {
      clearTimeout(sweep);
      await Promise.all([...entries.values()].map(drop));
    },
  };
}

async function settle(
  importer: PendingParts['importer'],
  id: string,
  decision: Decision,
): Promise<ImportOutcome> {
  if (decision === 'discard') {
    await importer.discard(id);
    return { kind: 'discarded' };
  }
  const applied = await importer.apply(id);
  return applied.kind === 'unknown' ? { kind: 'expired' } : applied;
}
