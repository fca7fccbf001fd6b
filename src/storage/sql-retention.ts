import { type RawBuilder, sql } from 'kysely';
import { fromNow, type StoreContext } from './store-context.ts';
import type { Swept } from './upkeep.ts';

const HOUR_MS = 3_600_000;
/** Turns about refuge or danger, and texts of dead letters. */
const SHORT_RETENTION_MS = 72 * HOUR_MS;
/** A chat that could not be cleared is tried again as often. */
const CLEAR_AGAIN_MS = 24 * HOUR_MS;

/** Clears what has been kept long enough, in the transaction that is going on. */
export async function sweep(context: StoreContext, retentionDays: number): Promise<Swept> {
  const short = fromNow(context, -SHORT_RETENTION_MS);
  const long = fromNow(context, -retentionDays * 24 * HOUR_MS);
  const swept = {
    texts: await run(context, oldTexts(short)),
    rows: await run(context, oldRows(long)),
  };
  await tryClearsAgain(context, long);
  const cleared = await dropClearedChats(context, long);
  await askToClearChats(context, long);
  const conversations = cleared + (await run(context, emptyTalks(long, context.clock.now())));
  return { ...swept, conversations };
}

async function run({ db }: StoreContext, statements: readonly RawBuilder<unknown>[]): Promise<number> {
  let changed = 0;
  for (const statement of statements) changed += Number((await statement.execute(db)).numAffectedRows ?? 0n);
  return changed;
}

function oldTexts(short: Date): readonly RawBuilder<unknown>[] {
  return [
    sql`update inbox set text_sealed = null, quoted_sealed = null
        where text_sealed is not null and closed_at <= ${short}::timestamptz
          and ((sensitive and state <> 'open') or state = 'dead')`,
    sql`update outbox set payload_sealed = null where payload_sealed is not null and closed_at <= ${short}::timestamptz
        and ((sensitive and state <> 'open') or state = 'dead')`,
    sql`update legal_questions q set asked_sealed = null from turns t
        where t.id = q.turn and t.sensitive and q.asked_sealed is not null and t.at <= ${short}::timestamptz`,
    sql`update turns set context_sealed = null where context_sealed is not null and sensitive and at <= ${short}::timestamptz`,
  ];
}

function oldRows(long: Date): readonly RawBuilder<unknown>[] {
  return [
    sql`delete from outbox where state <> 'open' and closed_at <= ${long}::timestamptz
        and not (kind = 'clear' and state = 'dead')`,
    sql`delete from inbox where state <> 'open' and closed_at <= ${long}::timestamptz`,
    sql`delete from turns where at <= ${long}::timestamptz`,
  ];
}

/** Nobody else remembers that a chat is still to be cleared, so it is not given up after an hour's tries. */
async function tryClearsAgain(context: StoreContext, long: Date): Promise<void> {
  await sql`
    update outbox set state = 'open', failures = 0, due_at = ${context.clock.now()}::timestamptz, closed_at = null
    where kind = 'clear' and state = 'dead' and created_at > ${long}::timestamptz
      and closed_at <= ${fromNow(context, -CLEAR_AGAIN_MS)}::timestamptz`.execute(context.db);
}

/** Conversations of which only the row is left that had their chat cleared, or tried to for long enough. */
async function dropClearedChats({ db }: StoreContext, long: Date): Promise<number> {
  const spent = sql`o.kind = 'clear' and (o.state = 'done' or (o.state = 'dead' and o.closed_at <= ${long}::timestamptz))`;
  const { rows } = await sql<{ id: string }>`
    select c.id from conversations c
    where (c.farewell or (c.channel = 'whatsapp' and c.created_at <= ${long}::timestamptz))
      and not exists (select 1 from inbox where conversation = c.id)
      and not exists (select 1 from turns where conversation = c.id)
      and exists (select 1 from outbox where conversation = c.id)
      and not exists (select 1 from outbox o where o.conversation = c.id and not (${spent}))
    for update of c`.execute(db);
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  await sql`delete from outbox o where o.conversation = any(${ids}::uuid[]) and ${spent}`.execute(db);
  const { numAffectedRows } = await sql`
    delete from conversations c where c.id = any(${ids}::uuid[])
      and not exists (select 1 from inbox where conversation = c.id)
      and not exists (select 1 from outbox where conversation = c.id)`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** WhatsApp keeps every chat on Orienta's side too: it is cleared there before its address is forgotten here. */
async function askToClearChats(context: StoreContext, long: Date): Promise<void> {
  const { db, clock, newId } = context;
  const { rows } = await sql<{ id: string; person: string }>`
    select c.id, c.person from conversations c
    where c.channel = 'whatsapp' and not c.farewell and c.created_at <= ${long}::timestamptz
      and not exists (select 1 from inbox where conversation = c.id)
      and not exists (select 1 from outbox where conversation = c.id)
      and not exists (select 1 from turns where conversation = c.id)
    for update of c`.execute(db);
  if (rows.length === 0) return;
  const now = clock.now();
  await sql`
    insert into outbox (id, conversation, person, kind, state, due_at, created_at)
    select v.id, v.conversation, v.person, 'clear', 'open', ${now}::timestamptz, ${now}::timestamptz
    from unnest(${rows.map(() => newId())}::uuid[], ${rows.map(({ id }) => id)}::uuid[],
                ${rows.map(({ person }) => person)}::uuid[]) as v(id, conversation, person)`.execute(db);
}

/**
 * Addresses outlive the last message by nothing. Teams stays: an official's conversation is what reminders are sent
 * to, and the institution's directory knows them anyway. What is left of an erased person goes once it is delivered.
 */
function emptyTalks(long: Date, now: Date): readonly RawBuilder<unknown>[] {
  return [
    sql`delete from outbox o using conversations c where c.id = o.conversation and c.farewell and o.state = 'done'`,
    sql`delete from conversations c
        where (c.farewell or (c.channel not in ('teams', 'whatsapp') and c.created_at <= ${long}::timestamptz))
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
