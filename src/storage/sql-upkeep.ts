import { sql } from 'kysely';
import { rotateKeys } from './rotate-keys.ts';
import { sweep } from './sql-retention.ts';
import { inTransaction, type StoreContext } from './store-context.ts';
import type { Upkeep } from './upkeep.ts';

/** Housekeeping in SQL. @param compacts whether nobody else frees deleted rows: PGlite has no autovacuum */
export function sqlUpkeep(context: StoreContext, compacts: boolean): Upkeep {
  return {
    sweep: (retentionDays) => inTransaction(context, (within) => sweep(within, retentionDays)),
    rotateKeys: (batch) => rotateKeys(context, batch),
    async releaseAll() {
      const free = { lease: null, leased_until: null };
      for (const table of ['inbox', 'outbox', 'schedule'] as const) {
        await context.db.updateTable(table).set(free).where('lease', 'is not', null).execute();
      }
      await context.db.updateTable('leases').set({ held_until: context.clock.now() }).execute();
    },
    async compact() {
      if (!compacts) return;
      for (const table of ['inbox', 'outbox', 'turns', 'leases', 'schedule']) {
        await sql`vacuum (analyze) ${sql.table(table)}`.execute(context.db);
      }
    },
  };
}
