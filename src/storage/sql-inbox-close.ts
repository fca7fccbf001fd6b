import { type RawBuilder, sql } from 'kysely';
import type { AfterReply, ClaimedTurn, TurnOutcome } from './inbox.ts';
import { erasePerson } from './sql-erasure.ts';
import { onceLookup } from './sql-outbox.ts';
import { markStopped } from './sql-people.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

/** Closes a turn: masked text for raw, the turn's record, the reply. One statement, so all of it or nothing. */
export async function closeTurn(
  context: StoreContext,
  turn: ClaimedTurn,
  outcome: TurnOutcome,
): Promise<boolean> {
  const { erasePerson: erases = false, stop, reply } = outcome;
  if (!erases && stop === undefined) return writeClosed(context, turn, outcome);
  return inTransaction(context, async (within) => {
    const written = erases ? { ...outcome, reply: null, after: [] } : outcome;
    if (!(await writeClosed(within, turn, written))) return false;
    // The person of the claim may have proved to be another since.
    const { person } = await within.db
      .selectFrom('turns')
      .select('person')
      .where('id', '=', turn.id)
      .executeTakeFirstOrThrow();
    if (erases) {
      const talk = { channel: turn.channel, address: turn.conversation };
      await erasePerson(within, person, reply === null ? undefined : { turn: turn.id, talk, reply });
    } else if (stop !== undefined) {
      await markStopped(within, person, stop === 'stop');
    }
    return true;
  });
}

async function writeClosed(context: StoreContext, turn: ClaimedTurn, outcome: TurnOutcome): Promise<boolean> {
  const { cipher } = context;
  const now = context.clock.now();
  const ids = turn.messages.map((message) => message.id);
  const texts = turn.messages.map((message, index) => {
    const masked = outcome.masked[index] ?? null;
    return masked === null ? null : cipher.seal(masked, `inbox.text:${message.id}`);
  });
  const remembered =
    outcome.context === undefined ? null : cipher.seal(outcome.context, `turns.context:${turn.id}`);
  const reply = context.newId();
  const payload = outcome.reply === null ? null : cipher.seal(outcome.reply, `outbox.payload:${reply}`);
  const { rows } = await sql<{ closed: number }>`
    with closed as (
      update inbox i set state = 'done', text_sealed = v.text, quoted_sealed = null,
                         sensitive = ${outcome.sensitive}::boolean, turn = ${turn.id}::uuid, closed_at = ${now}::timestamptz, lease = null, leased_until = null
      from unnest(${ids}::uuid[], ${texts}::text[]) as v(id, text)
      where i.id = v.id and i.state = 'open' and i.lease = ${turn.lease}::uuid
      returning i.conversation, i.person
    ), first as (select conversation, person from closed limit 1),
    recorded as (
      insert into turns (id, conversation, person, kind, context_sealed, sensitive, at)
      select ${turn.id}::uuid, conversation, person, ${outcome.kind}::text, ${remembered}::text,
             ${outcome.sensitive}::boolean, ${now}::timestamptz from first
      on conflict (id) do nothing
    ), replied as (
      insert into outbox (id, conversation, person, message, kind, payload_sealed, state, sensitive, urgent, due_at,
                          created_at)
      select ${reply}::uuid, conversation, person, ${turn.id}::uuid, 'reply', ${payload}::text, 'open',
             ${outcome.sensitive}::boolean, ${outcome.urgent ?? false}::boolean, ${now}::timestamptz, ${now}::timestamptz
      from first where ${payload}::text is not null
      returning id
    )${followed(context, outcome.after ?? [])}
    select count(*)::int as closed from closed`.execute(context.db);
  return (rows[0]?.closed ?? 0) > 0;
}

/** What follows the reply: stored after it, each once for its occasion. */
function followed(context: StoreContext, after: readonly AfterReply[]): RawBuilder<unknown> {
  if (after.length === 0) return sql``;
  const now = context.clock.now();
  const rows = after.map(({ kind, payload, onceKey }) => {
    const id = context.newId();
    const sealed = context.cipher.seal(payload, `outbox.payload:${id}`);
    return { id, kind, onceKey: onceLookup(context, onceKey), sealed };
  });
  return sql`, followed as (
      insert into outbox (id, conversation, person, kind, once_key, payload_sealed, state, due_at, created_at)
      select v.id, first.conversation, first.person, v.kind, v.once_key, v.payload, 'open',
             ${now}::timestamptz, ${now}::timestamptz
      from first cross join unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.kind)}::text[],
                                   ${rows.map((row) => row.onceKey)}::text[],
                                   ${rows.map((row) => row.sealed)}::text[])
                 with ordinality as v(id, kind, once_key, payload, place)
      -- Counting the reply puts it first.
      where (select count(*) from replied) >= 0
      order by v.place
      on conflict (once_key) do nothing
    )`;
}

/** Moves a turn to the dead letters and apologises. Its raw text stays, sealed, for a resend within 72 hours. */
export async function giveUpTurn(
  context: StoreContext,
  turn: ClaimedTurn,
  apology: string,
): Promise<boolean> {
  const now = context.clock.now();
  const reply = context.newId();
  const ids = turn.messages.map((message) => message.id);
  const { rows } = await sql<{ dead: number }>`
    with dead as (
      update inbox i set state = 'dead', closed_at = ${now}::timestamptz, lease = null, leased_until = null
      where i.id = any(${ids}::uuid[]) and i.state = 'open' and i.lease = ${turn.lease}::uuid
      returning i.conversation, i.person
    ), apologised as (
      insert into outbox (id, conversation, person, message, kind, payload_sealed, state, due_at, created_at)
      select ${reply}::uuid, conversation, person, ${turn.id}::uuid, 'apology',
             ${context.cipher.seal(apology, `outbox.payload:${reply}`)}::text, 'open',
             ${now}::timestamptz, ${now}::timestamptz
      from dead limit 1
    )
    select count(*)::int as dead from dead`.execute(context.db);
  return (rows[0]?.dead ?? 0) > 0;
}
