import { sql } from 'kysely';
import type { Leases } from './leases.ts';
import { fromNow, type StoreContext } from './store-context.ts';

/** Leases in SQL. */
export function sqlLeases(context: StoreContext): Leases {
  return {
    async hold(name, owner, forMs) {
      const { rows } = await sql<{ token: number }>`
        insert into leases as l (name, owner, token, held_until)
        values (${name}::text, ${owner}::text, 1, ${fromNow(context, forMs)}::timestamptz)
        on conflict (name) do update
          set owner = excluded.owner, held_until = excluded.held_until,
              token = case when l.owner = excluded.owner then l.token else l.token + 1 end
          where l.owner = excluded.owner or l.held_until <= ${context.clock.now()}::timestamptz
        returning token`.execute(context.db);
      const row = rows[0];
      return row === undefined ? undefined : { name, owner, token: row.token };
    },
    async release(lease) {
      await context.db
        .updateTable('leases')
        .set({ held_until: context.clock.now() })
        .where('name', '=', lease.name)
        .where('owner', '=', lease.owner)
        .where('token', '=', lease.token)
        .execute();
    },
  };
}
