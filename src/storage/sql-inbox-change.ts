import { sql } from 'kysely';
import type { ChannelName } from '../channels/channel.ts';
import type { Amended } from './inbox.ts';
import { messageLookup } from './sql-inbox-accept.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

/** An edit of a message by its writer. */
export interface Amendment {
  readonly text: string;
  /** What was quoted stays when it is left out. */
  readonly quoted: string | undefined;
  readonly urgent: boolean;
}

/** Puts an edited text in the place of an open message's text, unless somebody holds it. */
export async function amendMessage(
  context: StoreContext,
  channel: ChannelName,
  platformId: string,
  { text, quoted, urgent }: Amendment,
): Promise<Amended> {
  const lookup = messageLookup(context, channel, platformId);
  return inTransaction(context, async (within) => {
    const { db, cipher, clock } = within;
    const message = await db
      .selectFrom('inbox')
      .select(['id', 'conversation'])
      .where('lookup', '=', lookup)
      .executeTakeFirst();
    if (message === undefined) return 'unknown';
    const { id } = message;
    // First, as it locks in the order in which turns are claimed.
    if (urgent) await hurry(within, message.conversation);
    const result = await db
      .updateTable('inbox')
      .set({
        text_sealed: cipher.seal(text, `inbox.text:${id}`),
        ...(quoted === undefined ? {} : { quoted_sealed: cipher.seal(quoted, `inbox.quoted:${id}`) }),
      })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<=', clock.now())]))
      .executeTakeFirst();
    return result.numUpdatedRows > 0n ? 'amended' : 'closed';
  });
}

async function hurry(context: StoreContext, conversation: string): Promise<void> {
  const now = context.clock.now();
  await holdOpen(context, conversation);
  await context.db
    .updateTable('inbox')
    .set({
      due_at: sql<Date>`least(due_at, ${now}::timestamptz)`,
      due_by: sql<Date>`least(due_by, ${now}::timestamptz)`,
    })
    .where('conversation', '=', conversation)
    .where('state', '=', sql.lit('open'))
    .execute();
}

/** Locks a conversation's open messages in the order in which turns are claimed: no two wait for each other. */
async function holdOpen({ db }: StoreContext, conversation: string): Promise<void> {
  await db
    .selectFrom('inbox')
    .select('id')
    .where('conversation', '=', conversation)
    .where('state', '=', sql.lit('open'))
    .orderBy('seq')
    .forUpdate()
    .execute();
}

/**
 * Forgets what a message said; its row stays, so that a repeat of it is still known. A turn that is being worked out
 * with its words is taken from its worker: what else was said is answered without them.
 */
export async function deleteMessage(
  context: StoreContext,
  channel: ChannelName,
  platformId: string,
): Promise<boolean> {
  return inTransaction(context, async (within) => {
    const { db, newId, clock } = within;
    const message = await heldMessage(within, messageLookup(context, channel, platformId));
    if (message === undefined) return false;
    const free = { lease: null, leased_until: null };
    await db
      .updateTable('inbox')
      .set({ ...free, text_sealed: null, quoted_sealed: null, state: 'deleted', closed_at: clock.now() })
      .where('id', '=', message.id)
      .execute();
    if (message.lease !== null) {
      const ofTurn = db.updateTable('inbox').set(free).where('conversation', '=', message.conversation);
      await ofTurn.where('state', '=', sql.lit('open')).where('lease', '=', message.lease).execute();
    }
    await db
      .updateTable('turns')
      .set({ context_sealed: null })
      .where('id', '=', message.turn ?? message.id)
      .execute();
    await db
      .updateTable('legal_questions')
      .set({ asked_sealed: null })
      .where('turn', '=', message.turn ?? message.id)
      .execute();
    const entry = { id: newId(), kind: 'message', ref: message.id, erased_at: clock.now() };
    await db.insertInto('erasures').values(entry).execute();
    return true;
  });
}

async function heldMessage(context: StoreContext, lookup: string) {
  const { db } = context;
  const found = await db
    .selectFrom('inbox')
    .select('conversation')
    .where('lookup', '=', lookup)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  await holdOpen(context, found.conversation);
  return db
    .selectFrom('inbox')
    .select(['id', 'conversation', 'turn', 'lease'])
    .where('lookup', '=', lookup)
    .forUpdate()
    .executeTakeFirst();
}
