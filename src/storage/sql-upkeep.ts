import { sql } from 'kysely';
import { rotateKeys } from './rotate-keys.ts';
import { fromNow, inTransaction, type StoreContext } from './store-context.ts';
import type { Swept, Upkeep } from './upkeep.ts';

const HOUR_MS = 3_600_000;
/** Turns about refuge or danger, and texts of dead letters. */
const SHORT_RETENTION_MS = 72 * HOUR_MS;

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

async function sweep(context: StoreContext, retentionDays: number): Promise<Swept> {
  const { db } = context;
  const short = fromNow(context, -SHORT_RETENTION_MS);
  const long = fromNow(context, -retentionDays * 24 * HOUR_MS);
  const texts = [
    sql`update inbox set text_sealed = null where text_sealed is not null and closed_at <= ${short}::timestamptz
        and ((sensitive and state <> 'open') or state = 'dead')`,
    sql`update outbox set payload_sealed = null where payload_sealed is not null and closed_at <= ${short}::timestamptz
        and ((sensitive and state <> 'open') or state = 'dead')`,
    sql`update turns set context_sealed = null where context_sealed is not null and sensitive and at <= ${short}::timestamptz`,
  ];
  const rows = [
    sql`delete from outbox where state <> 'open' and closed_at <= ${long}::timestamptz`,
    sql`delete from inbox where state <> 'open' and closed_at <= ${long}::timestamptz`,
    sql`delete from turns where at <= ${long}::timestamptz`,
  ];
  const run = async (statements: readonly (typeof texts)[number][]): Promise<number> => {
    let changed = 0;
    for (const statement of statements)
      changed += Number((await statement.execute(db)).numAffectedRows ?? 0n);
    return changed;
  };
  return {
    texts: await run(texts),
    rows: await run(rows),
    conversations: await run(emptyTalks(long, context.clock.now())),
  };
}

/**
 * Addresses outlive the last message by nothing. Teams stays: an official's conversation is what reminders are sent
 * to, and the institution's directory knows them anyway. What is left of an erased person goes once it is delivered.
 */
function emptyTalks(long: Date, now: Date) {
  return [
    sql`delete from outbox o using conversations c where c.id = o.conversation and c.farewell and o.state = 'done'`,
    sql`delete from conversations c
        where (c.farewell or (c.channel <> 'teams' and c.created_at <= ${long}::timestamptz))
          and not exists (select 1 from inbox where conversation = c.id)
          and not exists (select 1 from outbox where conversation = c.id)
          and not exists (select 1 from turns where conversation = c.id)`,
    sql`delete from aliases a where a.added_at <= ${long}::timestamptz
          and not exists (select 1 from conversations where person = a.person)`,
    sql`delete from write_back where erase_at <= ${now}::timestamptz`,
    sql`delete from people p where not exists (select 1 from conversations where person = p.id)
          and not exists (select 1 from aliases where person = p.id)`,
  ];
}
