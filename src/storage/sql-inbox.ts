import { sql } from 'kysely';
import type { ClaimedTurn, Inbox } from './inbox.ts';
import { acceptMessage } from './sql-inbox-accept.ts';
import { amendMessage, deleteMessage } from './sql-inbox-change.ts';
import { claimTurns } from './sql-inbox-claim.ts';
import { closeTurn, giveUpTurn } from './sql-inbox-close.ts';
import { fromNow, type StoreContext } from './store-context.ts';

/** The inbox in SQL. */
export function sqlInbox(context: StoreContext): Inbox {
  const { db } = context;
  const giveBack = (turn: ClaimedTurn) =>
    db
      .updateTable('inbox')
      .set({ lease: null, leased_until: null })
      .where('lease', '=', turn.lease)
      .where('id', 'in', idsOf(turn));
  return {
    accept: (message) => acceptMessage(context, message),
    claim: (options) => claimTurns(context, options),
    async renew(turn, leaseMs) {
      const result = await db
        .updateTable('inbox')
        .set({ leased_until: fromNow(context, leaseMs) })
        .where('lease', '=', turn.lease)
        .where('id', 'in', idsOf(turn))
        .where('state', '=', 'open')
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    close: (turn, outcome) => closeTurn(context, turn, outcome),
    async fail(turn, retryAt) {
      await giveBack(turn).set({ due_at: retryAt, failures: sql<number>`failures + 1` }).execute();
    },
    async release(turn) {
      await giveBack(turn).set({ claims: sql<number>`claims - 1` }).execute();
    },
    giveUp: (turn, apology) => giveUpTurn(context, turn, apology),
    amendMessage: (channel, platformId, text, quoted, urgent = false) =>
      amendMessage(context, channel, platformId, { text, quoted, urgent }),
    deleteMessage: (channel, platformId) => deleteMessage(context, channel, platformId),
    async openCount() {
      const row = await db
        .selectFrom('inbox')
        .select((select) => select.fn.countAll<number>().as('count'))
        .where('state', '=', 'open')
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

function idsOf(turn: ClaimedTurn): string[] {
  return turn.messages.map((message) => message.id);
}
