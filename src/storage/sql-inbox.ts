import { sql } from 'kysely';
import type { ChannelName } from '../channels/channel.ts';
import type { Accepted, ClaimedTurn, Inbox, NewMessage } from './inbox.ts';
import { claimTurns } from './sql-inbox-claim.ts';
import { closeTurn, giveUpTurn } from './sql-inbox-close.ts';
import { aliasLookup, sqlPeople } from './sql-people.ts';
import { conversationLookup, fromNow, inTransaction, type StoreContext } from './store-context.ts';

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
    accept: (message) => accept(context, message),
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

function messageLookup(context: StoreContext, channel: ChannelName, platformId: string): string {
  return context.lookup(`message ${channel}`, platformId);
}

async function accept(context: StoreContext, message: NewMessage): Promise<Accepted> {
  try {
    return (await acceptKnown(context, message)) ?? (await acceptNew(context, message));
  } catch (error) {
    // The person was erased in this very moment: they are new now.
    if (isForeignKeyFault(error) && !context.db.isTransaction) return acceptNew(context, message);
    throw error;
  }
}

function isForeignKeyFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}

/** One statement for the usual case: the conversation is known and belongs to just this sender. */
async function acceptKnown(context: StoreContext, message: NewMessage): Promise<Accepted | undefined> {
  const id = context.newId();
  const lookup = messageLookup(context, message.channel, message.platformId);
  const aliases = [...new Set(message.sender.map((alias) => aliasLookup(context, alias)))];
  const { rows } = await sql<{ known: boolean; stored: string | null; before: string | null }>`
    with talk as (
      select c.id, c.person from conversations c
      where c.lookup = ${conversationLookup(context, message.conversation)}
        and (select count(*) from aliases a
             where a.lookup = any(${aliases}::text[]) and a.person = c.person) = ${aliases.length}::int
    ), stored as (
      insert into inbox (id, lookup, conversation, person, audience, text_sealed, platform_id_sealed, as_of,
                         state, due_at, received_at)
      select ${id}::uuid, ${lookup}::text, talk.id, talk.person, ${message.audience}::text,
             ${context.cipher.seal(message.text, `inbox.text:${id}`)}::text,
             ${context.cipher.seal(message.platformId, `inbox.platform_id:${id}`)}::text,
             ${message.asOf ?? null}::text, 'open', ${fromNow(context, context.gatherMs)}::timestamptz,
             ${message.receivedAt}::timestamptz
      from talk on conflict (lookup) do nothing returning id
    )
    select exists (select 1 from talk) as known,
           (select id from stored) as stored,
           (select id from inbox where lookup = ${lookup}::text) as before`.execute(context.db);
  const row = rows[0];
  if (row === undefined) return undefined;
  if (row.stored !== null) return { kind: 'accepted', id: row.stored };
  if (row.before !== null) return { kind: 'duplicate', id: row.before };
  // Known, not stored and not seen before: another gateway stored it in this very moment. The second look finds it.
  return undefined;
}

async function acceptNew(context: StoreContext, message: NewMessage): Promise<Accepted> {
  await inTransaction(context, async (within) => {
    const person = await sqlPeople(within).resolve(message.sender);
    const id = within.newId();
    await within.db
      .insertInto('conversations')
      .values({
        id,
        lookup: conversationLookup(within, message.conversation),
        channel: message.channel,
        address_sealed: within.cipher.seal(message.conversation, `conversations.address:${id}`),
        person,
        created_at: within.clock.now(),
      })
      .onConflict((conflict) => conflict.column('lookup').doUpdateSet({ person }))
      .execute();
  });
  const accepted = await acceptKnown(context, message);
  // Only an erasure between the two steps leads here; the person is new again then.
  return accepted ?? acceptNew(context, message);
}

async function deleteMessage(
  context: StoreContext,
  channel: ChannelName,
  platformId: string,
): Promise<boolean> {
  return inTransaction(context, async ({ db, newId, clock }) => {
    const lookup = messageLookup(context, channel, platformId);
    const message = await db
      .selectFrom('inbox')
      .select(['id', 'state', 'turn'])
      .where('lookup', '=', lookup)
      .forUpdate()
      .executeTakeFirst();
    if (message === undefined) return false;
    await db
      .updateTable('inbox')
      .set({ text_sealed: null, state: 'deleted', closed_at: clock.now(), lease: null, leased_until: null })
      .where('id', '=', message.id)
      .execute();
    await db
      .updateTable('turns')
      .set({ context_sealed: null })
      .where('id', '=', message.turn ?? message.id)
      .execute();
    const entry = { id: newId(), kind: 'message', ref: message.id, erased_at: clock.now() };
    await db.insertInto('erasures').values(entry).execute();
    return true;
  });
}
