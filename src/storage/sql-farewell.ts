import type { ChannelName, ConversationId } from '../channels/channel.ts';
import { openAddress } from './sql-inbox-claim.ts';
import type { StoreContext } from './store-context.ts';

/*
 * Of an erased person nothing is left. What still has to leave, the last reply and the clearing of the chat, leaves
 * from a conversation of its own, which no message can find; the sweep takes it once all of it was delivered.
 */

/** A conversation that was erased. */
export interface Gone {
  readonly channel: ChannelName;
  readonly address: ConversationId;
}

/** A conversation before it is erased, as its row has it. */
interface Row {
  readonly id: string;
  readonly channel: string;
  readonly address_sealed: string;
}

/** The chats among erased conversations that the platform keeps on Orienta's side too. */
export function chatsOf(context: StoreContext, rows: readonly Row[]): readonly Gone[] {
  return rows
    .filter(({ channel }) => channel === 'whatsapp')
    .map((row) => ({ channel: 'whatsapp', address: openAddress(context, row.id, row.address_sealed) }));
}

/** Puts the last reply to an erased person in the outbox, and after it the clearing of that chat. */
export async function sayFarewell(
  context: StoreContext,
  talk: Gone,
  last: { readonly turn: string; readonly reply: string },
): Promise<void> {
  const farewell = await openFarewell(context, talk);
  const id = context.newId();
  await put(context, farewell, {
    id,
    message: last.turn,
    kind: 'reply',
    payload_sealed: context.cipher.seal(last.reply, `outbox.payload:${id}`),
  });
  if (talk.channel === 'whatsapp') await putClear(context, farewell);
}

/** Has chats cleared of which nothing is left here. */
export async function clearChats(context: StoreContext, chats: readonly Gone[]): Promise<void> {
  for (const chat of chats) await putClear(context, await openFarewell(context, chat));
}

interface Farewell {
  readonly conversation: string;
  readonly person: string;
}

async function openFarewell(context: StoreContext, { channel, address }: Gone): Promise<Farewell> {
  const { db, cipher, newId } = context;
  const created_at = context.clock.now();
  const [person, conversation] = [newId(), newId()];
  await db.insertInto('people').values({ id: person, created_at }).execute();
  await db
    .insertInto('conversations')
    .values({
      id: conversation,
      lookup: `farewell ${conversation}`,
      channel,
      address_sealed: cipher.seal(address, `conversations.address:${conversation}`),
      person,
      farewell: true,
      created_at,
    })
    .execute();
  return { conversation, person };
}

function putClear(context: StoreContext, farewell: Farewell): Promise<void> {
  return put(context, farewell, { id: context.newId(), kind: 'clear' });
}

async function put(
  context: StoreContext,
  farewell: Farewell,
  row: {
    readonly id: string;
    readonly kind: string;
    readonly message?: string;
    readonly payload_sealed?: string;
  },
): Promise<void> {
  const now = context.clock.now();
  await context.db
    .insertInto('outbox')
    .values({ ...farewell, ...row, state: 'open', due_at: now, created_at: now })
    .execute();
}
