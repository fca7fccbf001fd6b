import { type RawBuilder, sql } from 'kysely';
import type { ChannelName, MessageForm } from '../channels/channel.ts';
import { type Accepted, FRAGMENTS_WITHIN_MS, MOST_QUIET_TIMES, type NewMessage } from './inbox.ts';
import { aliasLookup, sqlPeople } from './sql-people.ts';
import { registerStranger } from './sql-strangers.ts';
import { conversationLookup, fromNow, inTransaction, type StoreContext } from './store-context.ts';

/** What a message is looked up by. */
export function messageLookup(context: StoreContext, channel: ChannelName, platformId: string): string {
  return context.lookup(`message ${channel}`, platformId);
}

/** Stores a message unless it is there. */
export async function acceptMessage(context: StoreContext, message: NewMessage): Promise<Accepted> {
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
  const { held, gathered, burst, dueAt, dueBy } = gather(context, message, id, lookup);
  const quoted =
    message.quoted === undefined ? null : context.cipher.seal(message.quoted, `inbox.quoted:${id}`);
  const { rows } = await sql<{ known: boolean; stored: string | null; before: string | null }>`
    with talk as (
      select c.id, c.person from conversations c
      where c.lookup = ${conversationLookup(context, message.conversation)}
        and (select count(*) from aliases a
             where a.lookup = any(${aliases}::text[]) and a.person = c.person) = ${aliases.length}::int
      ${held}
    ), ${gathered} stored as (
      insert into inbox (id, lookup, conversation, person, audience, form, text_sealed, quoted_sealed,
                         platform_id_sealed, as_of, state, burst, due_at, due_by, received_at)
      select ${id}::uuid, ${lookup}::text, talk.id, talk.person, ${message.audience}::text,
             ${message.form ?? 'text'}::text,
             ${context.cipher.seal(message.text, `inbox.text:${id}`)}::text, ${quoted}::text,
             ${context.cipher.seal(message.platformId, `inbox.platform_id:${id}`)}::text,
             ${message.asOf ?? null}::text, 'open', ${burst}, ${dueAt}::timestamptz, ${dueBy}::timestamptz,
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

/** A yes to a question is no fragment of what is being written. */
const ALONE: ReadonlySet<MessageForm> = new Set(['reaction']);

interface Gathering {
  /** Holds the conversation before any of its messages, as an erasure does: neither can wait for the other for ever. */
  readonly held: RawBuilder<unknown>;
  /** Steps of the statement before the message is stored. */
  readonly gathered: RawBuilder<unknown>;
  readonly burst: RawBuilder<unknown>;
  readonly dueAt: Date;
  readonly dueBy: Date | null;
}

/** Which turn a message belongs to, and when it is due; where nothing is gathered the statement has no such steps. */
function gather(context: StoreContext, message: NewMessage, id: string, lookup: string): Gathering {
  const now = context.clock.now();
  const quietMs = ALONE.has(message.form ?? 'text') ? 0 : (message.gatherMs ?? context.gatherMs);
  const urgent = message.urgent === true;
  const hurried = urgent ? hurry(now, lookup) : sql``;
  const held = quietMs > 0 || urgent ? sql`for key share of c` : sql``;
  if (quietMs <= 0) return { held, gathered: hurried, burst: sql`null::uuid`, dueAt: now, dueBy: null };
  const later = fromNow(context, quietMs);
  const joined = urgent
    ? sql`joined as (select h.burst from last join hurried h on h.id = last.head where h.failures = 0),`
    : postpone(now, later);
  return {
    held,
    gathered: sql`${hurried} ${lastBurst(message.receivedAt, lookup)} ${joined}`,
    burst: sql`coalesce((select burst from joined), ${id}::uuid)`,
    dueAt: urgent ? now : later,
    dueBy: urgent ? now : fromNow(context, MOST_QUIET_TIMES * quietMs),
  };
}

/** The turn that the conversation's last message waits in, if that one was written shortly before or after. */
function lastBurst(receivedAt: Date, lookup: string): RawBuilder<unknown> {
  const [from, to] = [-FRAGMENTS_WITHIN_MS, FRAGMENTS_WITHIN_MS].map(
    (ms) => new Date(receivedAt.getTime() + ms),
  );
  return sql`last as (
      select (select e.id from inbox e where e.conversation = talk.id and e.state = 'open' and e.burst = l.burst
              order by e.seq limit 1) as head
      from talk cross join lateral (
        select i.burst, i.received_at from inbox i where i.conversation = talk.id and i.state = 'open'
        order by i.seq desc limit 1
      ) l
      where l.burst is not null and l.received_at between ${from}::timestamptz and ${to}::timestamptz
        and not exists (select 1 from inbox where lookup = ${lookup}::text)
    ),`;
}

/**
 * Puts a turn off by the quiet time. It is done before the message is stored and waits for a worker that takes the
 * turn in this moment: then the turn is held, nothing is put off, and the message opens the next one.
 */
function postpone(now: Date, later: Date): RawBuilder<unknown> {
  return sql`joined as (
      update inbox i set due_at = least(${later}::timestamptz, i.due_by)
      from last where i.id = last.head and i.state = 'open' and i.failures = 0
        and (i.leased_until is null or i.leased_until <= ${now}::timestamptz)
      returning i.burst
    ),`;
}

/** Makes due what waits in the conversation: what is urgent passes nothing, so all before it must go. */
function hurry(now: Date, lookup: string): RawBuilder<unknown> {
  return sql`waiting as (
      select i.id from talk join inbox i on i.conversation = talk.id
      where i.state = 'open' and (i.leased_until is null or i.leased_until <= ${now}::timestamptz)
        and not exists (select 1 from inbox where lookup = ${lookup}::text)
      order by i.seq for update of i
    ), hurried as (
      update inbox i set due_at = least(i.due_at, ${now}::timestamptz), due_by = least(i.due_by, ${now}::timestamptz)
      from waiting w where i.id = w.id returning i.id, i.burst, i.failures
    ),`;
}

async function acceptNew(context: StoreContext, message: NewMessage): Promise<Accepted> {
  if (!(await registerStranger(context, message))) await introduce(context, message);
  const accepted = await acceptKnown(context, message);
  // Only an erasure between the two steps leads here; the person is new again then.
  return accepted ?? acceptNew(context, message);
}

/** Makes sure that the person is known by all these names, and the conversation theirs. */
async function introduce(context: StoreContext, message: NewMessage): Promise<void> {
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
}
