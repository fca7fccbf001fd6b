import { sql } from 'kysely';
import type { ClaimedTurn, TurnOutcome } from './inbox.ts';
import { erasePerson } from './sql-erasure.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

/** Closes a turn: masked text for raw, the turn's record, the reply. One statement, so all of it or nothing. */
export async function closeTurn(
  context: StoreContext,
  turn: ClaimedTurn,
  outcome: TurnOutcome,
): Promise<boolean> {
  if (outcome.erasePerson !== true) return writeClosed(context, turn, outcome);
  return inTransaction(context, async (within) => {
    if (!(await writeClosed(within, turn, { ...outcome, reply: null }))) return false;
    await erasePerson(within, turn.person);
    if (outcome.reply !== null) await sayFarewell(within, turn, outcome.reply);
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
      update inbox i set state = 'done', text_sealed = v.text, sensitive = ${outcome.sensitive}::boolean,
                         turn = ${turn.id}::uuid, closed_at = ${now}::timestamptz, lease = null, leased_until = null
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
      insert into outbox (id, conversation, person, message, kind, payload_sealed, state, sensitive, due_at, created_at)
      select ${reply}::uuid, conversation, person, ${turn.id}::uuid, 'reply', ${payload}::text, 'open',
             ${outcome.sensitive}::boolean, ${now}::timestamptz, ${now}::timestamptz
      from first where ${payload}::text is not null
    )
    select count(*)::int as closed from closed`.execute(context.db);
  return (rows[0]?.closed ?? 0) > 0;
}

/** Nothing of the person is left: the last reply leaves from a conversation of its own, which no message can find. */
async function sayFarewell(context: StoreContext, turn: ClaimedTurn, reply: string): Promise<void> {
  const { db, cipher, newId } = context;
  const created_at = context.clock.now();
  const [person, conversation, id] = [newId(), newId(), newId()];
  await db.insertInto('people').values({ id: person, created_at }).execute();
  await db
    .insertInto('conversations')
    .values({
      id: conversation,
      lookup: `farewell ${conversation}`,
      channel: turn.channel,
      address_sealed: cipher.seal(turn.conversation, `conversations.address:${conversation}`),
      person,
      farewell: true,
      created_at,
    })
    .execute();
  await db
    .insertInto('outbox')
    .values({
      id,
      conversation,
      person,
      message: turn.id,
      kind: 'reply',
      payload_sealed: cipher.seal(reply, `outbox.payload:${id}`),
      state: 'open',
      due_at: created_at,
      created_at,
    })
    .execute();
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
