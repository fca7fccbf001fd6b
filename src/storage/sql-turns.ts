import { sql } from 'kysely';
import { conversationLookup, fromNow, type StoreContext } from './store-context.ts';
import { type ClosedTurn, CONTEXT_ENDS_AFTER_MS, type Turns } from './turns.ts';

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  readonly context_sealed: string | null;
}

/** Closed turns in SQL. */
export function sqlTurns(context: StoreContext): Turns {
  const columns = ['turns.id', 'turns.kind', 'turns.at', 'turns.context_sealed'] as const;
  const turnOf = (row: Row): ClosedTurn => ({
    id: row.id,
    kind: row.kind,
    at: row.at,
    context:
      row.context_sealed === null
        ? undefined
        : context.cipher.open(row.context_sealed, `turns.context:${row.id}`),
  });
  return {
    async recent(conversation, limit) {
      const rows = await context.db
        .selectFrom('turns')
        .innerJoin('conversations', 'conversations.id', 'turns.conversation')
        .select(columns)
        .where('conversations.lookup', '=', conversationLookup(context, conversation))
        .where('turns.at', '>', fromNow(context, -CONTEXT_ENDS_AFTER_MS))
        .orderBy('turns.at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(turnOf).reverse();
    },
    async find(idOrCase) {
      const wanted = idOrCase.trim().toLowerCase();
      if (!/^[0-9a-f-]{8,36}$/.test(wanted)) return undefined;
      const rows = await context.db
        .selectFrom('turns')
        .select(columns)
        .where(sql<boolean>`starts_with(turns.id::text, ${wanted}::text)`)
        .limit(2)
        .execute();
      const [row] = rows;
      return row === undefined || rows.length > 1 ? undefined : turnOf(row);
    },
  };
}
