import { sql } from 'kysely';
import type { ClaimedDue, Schedule } from './schedule.ts';
import { fromNow, type StoreContext } from './store-context.ts';

interface Row {
  readonly key: string;
  readonly kind: string;
  readonly ref: string;
  readonly due_at: Date;
}

/** Due times in SQL. */
export function sqlSchedule(context: StoreContext): Schedule {
  const { db } = context;
  return {
    async put({ key, kind, ref, dueAt }) {
      const moved = { kind, ref, due_at: dueAt, lease: null, leased_until: null };
      await db
        .insertInto('schedule')
        .values({ key, ...moved })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(moved))
        .execute();
    },
    async plan({ key, kind, ref, dueAt }) {
      const result = await db
        .insertInto('schedule')
        .values({ key, kind, ref, due_at: dueAt, lease: null, leased_until: null })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async cancel(key) {
      const result = await db.deleteFrom('schedule').where('key', '=', key).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    claim: (options) => claim(context, options),
    async renew(due, leaseMs) {
      const result = await db
        .updateTable('schedule')
        .set({ leased_until: fromNow(context, leaseMs) })
        .where('key', '=', due.key)
        .where('lease', '=', due.lease)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async finish(due) {
      await db.deleteFrom('schedule').where('key', '=', due.key).where('lease', '=', due.lease).execute();
    },
  };
}

async function claim(
  context: StoreContext,
  { limit, leaseMs, kinds }: Parameters<Schedule['claim']>[0],
): Promise<readonly ClaimedDue[]> {
  const lease = context.newId();
  const now = context.clock.now();
  const { rows } = await sql<Row>`
    with due as (
      select key from schedule
      where due_at <= ${now}::timestamptz and (leased_until is null or leased_until <= ${now}::timestamptz)
        and (${kinds === undefined}::boolean or kind = any(${[...(kinds ?? [])]}::text[]))
      order by due_at, key limit ${limit}::int for update skip locked
    ), held as (
      update schedule s set lease = ${lease}::uuid, leased_until = ${fromNow(context, leaseMs)}::timestamptz
      from due where s.key = due.key returning s.*
    )
    select key, kind, ref, due_at from held order by due_at, key`.execute(context.db);
  return rows.map((row) => ({ key: row.key, kind: row.kind, ref: row.ref, dueAt: row.due_at, lease }));
}
