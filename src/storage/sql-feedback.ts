import { sql } from 'kysely';
import { z } from 'zod';
import type { Feedback, PressedTurn } from './feedback.ts';
import { conversationLookup, type StoreContext } from './store-context.ts';

const verdictSchema = z.enum(['yes', 'no', 'wrong']);

/** Feedback in SQL. */
export function sqlFeedback(context: StoreContext): Feedback {
  const { db, clock } = context;
  return {
    async give(pressed, verdict) {
      const { rows } = await sql<{ known: boolean; given: boolean }>`
        with found as (${turnOf(context, pressed)}), given as (
          insert into feedback (turn, verdict, at)
          select id, ${verdict}::text, ${clock.now()}::timestamptz from found
          on conflict (turn) do nothing returning turn
        )
        select exists (select 1 from found) as known, exists (select 1 from given) as given`.execute(db);
      if (rows[0]?.known !== true) return 'unknown';
      return rows[0].given ? 'given' : 'repeated';
    },
    async of(turn) {
      const row = await db
        .selectFrom('feedback')
        .select('verdict')
        .where('turn', '=', turn)
        .executeTakeFirst();
      return row === undefined ? undefined : verdictSchema.parse(row.verdict);
    },
    async knows(pressed) {
      const { rows } = await turnOf(context, pressed).execute(db);
      return rows.length > 0;
    },
    async counts() {
      const rows = await db
        .selectFrom('feedback')
        .select((select) => ['verdict', select.fn.countAll<number>().as('count')])
        .groupBy('verdict')
        .execute();
      const counts = { yes: 0, no: 0, wrong: 0 };
      for (const row of rows) counts[verdictSchema.parse(row.verdict)] = row.count;
      return counts;
    },
  };
}

/** The turn that was pressed on, where it is one of that conversation. It stays while the statement runs. */
export function turnOf(context: StoreContext, { turn, conversation }: PressedTurn) {
  return sql<{ id: string }>`
    select t.id from turns t join conversations c on c.id = t.conversation
    where t.id = ${turn}::uuid and c.lookup = ${conversationLookup(context, conversation)}::text
    for key share of t`;
}
