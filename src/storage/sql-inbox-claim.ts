import { sql } from 'kysely';
import { z } from 'zod';
import type { ConversationId, MessageForm } from '../channels/channel.ts';
import { audienceSchema } from '../knowledge/unit.ts';
import type { ClaimedTurn, StoredMessage } from './inbox.ts';
import { fromNow, type StoreContext } from './store-context.ts';
import { CONTEXT_ENDS_AFTER_MS } from './turns.ts';

/** The channels as the database's text is checked. */
export const channelSchema = z.enum(['whatsapp', 'teams', 'web']);

const formSchema = z.enum({
  text: 'text',
  voice: 'voice',
  picture: 'picture',
  document: 'document',
  sticker: 'sticker',
  contact: 'contact',
  location: 'location',
  call: 'call',
  reaction: 'reaction',
  unreadable: 'unreadable',
} satisfies { [Form in MessageForm]: Form });

interface Row {
  readonly id: string;
  readonly head: string;
  readonly form: string;
  readonly text_sealed: string;
  readonly quoted_sealed: string | null;
  readonly platform_id_sealed: string;
  readonly received_at: Date;
  readonly as_of: string | null;
  readonly audience: string;
  readonly person: string;
  readonly conversation: string;
  readonly channel: string;
  readonly address_sealed: string;
  readonly claims: number;
  readonly failures: number;
  readonly context_turn: string | null;
  readonly context_sealed: string | null;
}

/**
 * A conversation's head is its oldest open message. Only heads are handed out, and a head is locked while it is, so
 * neither a second worker nor a later message can pass it. The fragments gathered with a head that never failed go with
 * it; of those that failed each goes alone, so that one which cannot be answered spoils no other.
 */
export async function claimTurns(
  context: StoreContext,
  options: { readonly limit: number; readonly leaseMs: number },
): Promise<readonly ClaimedTurn[]> {
  const lease = context.newId();
  const now = context.clock.now();
  const { rows } = await sql<Row>`
    with heads as (
      select i.id, i.conversation, i.burst, i.failures from inbox i
      where i.state = 'open' and i.due_at <= ${now}::timestamptz
        and (i.leased_until is null or i.leased_until <= ${now}::timestamptz)
        and not exists (select 1 from inbox e
                        where e.conversation = i.conversation and e.state = 'open' and e.seq < i.seq)
      order by i.seq limit ${options.limit}::int
      for update of i skip locked
    ), held as (
      update inbox i set lease = ${lease}::uuid, leased_until = ${fromNow(context, options.leaseMs)}::timestamptz,
                         claims = i.claims + 1
      from heads h
      where i.conversation = h.conversation and i.state = 'open'
        and (i.id = h.id or (h.failures = 0 and i.burst = h.burst))
      returning i.*, h.id as head
    )
    select held.id, held.head, held.form, held.text_sealed, held.quoted_sealed, held.platform_id_sealed,
           held.received_at, held.as_of, held.audience, held.person, held.conversation, held.claims, held.failures,
           c.channel, c.address_sealed, t.id as context_turn, t.context_sealed
    from held join conversations c on c.id = held.conversation
    left join lateral (
      select turns.id, turns.context_sealed from turns
      where held.id = held.head and turns.conversation = held.conversation
        and turns.at > ${fromNow(context, -CONTEXT_ENDS_AFTER_MS)}::timestamptz
      order by turns.at desc limit 1
    ) t on true
    order by held.seq`.execute(context.db);
  return turnsOf(context, rows, lease);
}

/** One turn for each head, with the fragments that go with it. */
function turnsOf(context: StoreContext, rows: readonly Row[], lease: string): readonly ClaimedTurn[] {
  const turns = new Map<string, ClaimedTurn>();
  for (const row of rows) {
    const begun = turns.get(row.head);
    const message = messageOf(context, row);
    turns.set(
      row.head,
      begun === undefined
        ? turnOf(context, row, lease, message)
        : { ...begun, messages: [...begun.messages, message] },
    );
  }
  return [...turns.values()];
}

function turnOf(context: StoreContext, row: Row, lease: string, message: StoredMessage): ClaimedTurn {
  const { cipher } = context;
  const remembered =
    row.context_sealed === null
      ? undefined
      : cipher.open(row.context_sealed, `turns.context:${row.context_turn}`);
  return {
    id: row.head,
    lease,
    channel: channelSchema.parse(row.channel),
    conversation: openAddress(context, row.conversation, row.address_sealed),
    person: row.person,
    audience: audienceSchema.parse(row.audience),
    messages: [message],
    context: remembered,
    claims: row.claims,
    failures: row.failures,
  };
}

function messageOf({ cipher }: StoreContext, row: Row): StoredMessage {
  return {
    id: row.id,
    platformId: cipher.open(row.platform_id_sealed, `inbox.platform_id:${row.id}`),
    form: formSchema.parse(row.form),
    text: cipher.open(row.text_sealed, `inbox.text:${row.id}`),
    quoted: row.quoted_sealed === null ? undefined : cipher.open(row.quoted_sealed, `inbox.quoted:${row.id}`),
    receivedAt: row.received_at,
    asOf: row.as_of ?? undefined,
  };
}

/** The address a conversation was stored under. */
export function openAddress(context: StoreContext, id: string, sealed: string): ConversationId {
  return context.cipher.open(sealed, `conversations.address:${id}`) as ConversationId; // brand
}
