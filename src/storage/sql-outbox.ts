import { sql, type UpdateObject } from 'kysely';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { ClaimedDelivery, NewDelivery, Outbox } from './outbox.ts';
import type { Schema } from './schema.ts';
import { channelSchema, openAddress } from './sql-inbox-claim.ts';
import { conversationLookup, fromNow, inTransaction, type StoreContext } from './store-context.ts';

const kindSchema = z.enum(['reply', 'apology', 'nudge', 'notice', 'clear']);
const stateSchema = z.enum(['open', 'done', 'dead']);

const FREE = { lease: null, leased_until: null };

/** The outbox in SQL. */
export function sqlOutbox(context: StoreContext): Outbox {
  return {
    put: (delivery) => (delivery.kind === 'nudge' ? putNudge(context, delivery) : put(context, delivery)),
    claim: (options) => claim(context, options),
    renew: (delivery, leaseMs) => change(context, delivery, { leased_until: fromNow(context, leaseMs) }),
    delivered: (delivery, platformIds) => delivered(context, delivery, platformIds),
    async retry(delivery, at, error) {
      await change(context, delivery, { ...FREE, due_at: at, last_error: error, failures: ONE_MORE });
    },
    async release(delivery) {
      await change(context, delivery, FREE);
    },
    async giveUp(delivery, error) {
      const closed_at = context.clock.now();
      const dead = { ...FREE, state: 'dead', last_error: error, closed_at, failures: ONE_MORE };
      await change(context, delivery, dead);
    },
    replyTo: (message) => replyTo(context, message),
    async openCount() {
      const row = await context.db
        .selectFrom('outbox')
        .select((select) => select.fn.countAll<number>().as('count'))
        .where('state', '=', 'open')
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

const ONE_MORE = sql<number>`failures + 1`;

/** Changes a delivery that is still held. @returns false when the lease is lost */
async function change(
  { db }: StoreContext,
  delivery: ClaimedDelivery,
  values: UpdateObject<Schema, 'outbox'>,
): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set(values)
    .where('id', '=', delivery.id)
    .where('lease', '=', delivery.lease)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function delivered(
  context: StoreContext,
  delivery: ClaimedDelivery,
  platformIds: readonly string[],
): Promise<boolean> {
  const sealed = context.cipher.seal(JSON.stringify(platformIds), `outbox.platform_ids:${delivery.id}`);
  const closed_at = context.clock.now();
  const done = { ...FREE, state: 'done', platform_ids_sealed: sealed, closed_at, last_error: null };
  return change(context, delivery, done);
}

async function replyTo({ db, cipher }: StoreContext, message: string): ReturnType<Outbox['replyTo']> {
  const row = await db
    .selectFrom('outbox')
    .select(['id', 'state', 'payload_sealed'])
    .where('message', '=', message)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const payload =
    row.payload_sealed === null ? undefined : cipher.open(row.payload_sealed, `outbox.payload:${row.id}`);
  return { state: stateSchema.parse(row.state), payload };
}

/** What an occasion is kept as: its name may hold an address. */
export function onceLookup(context: StoreContext, onceKey: string): string {
  return context.lookup('once', onceKey);
}

async function putNudge(context: StoreContext, delivery: NewDelivery): Promise<boolean> {
  return inTransaction(context, async (within) => {
    const talk = await within.db
      .selectFrom('conversations')
      .innerJoin('people', 'people.id', 'conversations.person')
      .select(['conversations.channel', 'people.stopped_at'])
      .where('conversations.lookup', '=', conversationLookup(within, delivery.conversation))
      // Whoever says stop in this moment waits, and then finds the nudge to drop.
      .forShare('people')
      .executeTakeFirst();
    if (talk?.channel === 'whatsapp' || delivery.conversation.startsWith('whatsapp:')) {
      throw new AppError(
        'NUDGE_REFUSED',
        'No se envían recordatorios por WhatsApp: desde el número de los migrantes no se escribe primero a nadie. Use Teams o el correo.',
      );
    }
    return talk?.stopped_at === null && put(within, delivery);
  });
}

async function put(context: StoreContext, delivery: NewDelivery): Promise<boolean> {
  const id = context.newId();
  const now = context.clock.now();
  const { rows } = await sql<{ id: string }>`
    insert into outbox (id, conversation, person, kind, once_key, payload_sealed, state, due_at, created_at)
    select ${id}::uuid, c.id, c.person, ${delivery.kind}::text, ${onceLookup(context, delivery.onceKey)}::text,
           ${context.cipher.seal(delivery.payload, `outbox.payload:${id}`)}::text, 'open',
           ${now}::timestamptz, ${now}::timestamptz
    from conversations c where c.lookup = ${conversationLookup(context, delivery.conversation)}
    on conflict (once_key) do nothing returning id`.execute(context.db);
  return rows.length > 0;
}

interface Row {
  readonly id: string;
  readonly conversation: string;
  readonly kind: string;
  /** Null for `clear`, which carries nothing. */
  readonly payload_sealed: string | null;
  readonly message: string | null;
  readonly created_at: Date;
  readonly failures: number;
  readonly channel: string;
  readonly address_sealed: string;
}

async function claim(
  context: StoreContext,
  options: Parameters<Outbox['claim']>[0],
): Promise<readonly ClaimedDelivery[]> {
  const lease = context.newId();
  const now = context.clock.now();
  const { rows } = await sql<Row>`
    with heads as (
      select o.id from outbox o join conversations c on c.id = o.conversation
      where o.state = 'open' and o.due_at <= ${now}::timestamptz
        and (o.leased_until is null or o.leased_until <= ${now}::timestamptz)
        and c.channel = any(${[...options.channels]}::text[])
        and not exists (select 1 from outbox e
                        where e.conversation = o.conversation and e.state = 'open' and e.seq < o.seq
                          and (e.urgent or not o.urgent))
      order by o.urgent desc, o.seq limit ${options.limit}::int
      for update of o skip locked
    ), held as (
      update outbox o set lease = ${lease}::uuid, leased_until = ${fromNow(context, options.leaseMs)}::timestamptz
      from heads h where o.id = h.id returning o.*
    )
    select held.id, held.conversation, held.kind, held.payload_sealed, held.message, held.created_at, held.failures,
           c.channel, c.address_sealed
    from held join conversations c on c.id = held.conversation order by held.urgent desc, held.seq`.execute(
    context.db,
  );
  return rows.map((row) => ({
    id: row.id,
    lease,
    channel: channelSchema.parse(row.channel),
    conversation: openAddress(context, row.conversation, row.address_sealed),
    kind: kindSchema.parse(row.kind),
    payload:
      row.payload_sealed === null ? '' : context.cipher.open(row.payload_sealed, `outbox.payload:${row.id}`),
    message: row.message ?? undefined,
    createdAt: row.created_at,
    failures: row.failures,
  }));
}
