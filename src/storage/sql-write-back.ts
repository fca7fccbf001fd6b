import type { ConversationId } from '../channels/channel.ts';
import { conversationLookup, fromNow, type StoreContext } from './store-context.ts';
import type { WriteBack } from './write-back.ts';

/** The farewell to an erased person still has to be delivered; this long it may take. */
const FAREWELL_MS = 60 * 60 * 1000;

/** Write-back references in SQL. */
export function sqlWriteBack(context: StoreContext): WriteBack {
  const { db, cipher } = context;
  const lookupOf = (conversation: ConversationId) => conversationLookup(context, conversation);
  return {
    async get(conversation) {
      const lookup = lookupOf(conversation);
      const row = await db
        .selectFrom('write_back')
        .select('reference_sealed')
        .where('lookup', '=', lookup)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : cipher.open(row.reference_sealed, `write_back.reference:${lookup}`);
    },
    async set(conversation, reference) {
      const lookup = lookupOf(conversation);
      const kept = {
        reference_sealed: cipher.seal(reference, `write_back.reference:${lookup}`),
        kept_at: context.clock.now(),
        erase_at: null,
      };
      await db
        .insertInto('write_back')
        .values({ lookup, ...kept })
        .onConflict((conflict) => conflict.column('lookup').doUpdateSet(kept))
        .execute();
    },
    async delete(conversation) {
      await db.deleteFrom('write_back').where('lookup', '=', lookupOf(conversation)).execute();
    },
  };
}

/** Marks what is kept for a person's conversations to go once their farewell has had time to be delivered. */
export async function eraseWriteBackOf(context: StoreContext, person: string): Promise<void> {
  await context.db
    .updateTable('write_back')
    .set({ erase_at: fromNow(context, FAREWELL_MS) })
    .where('lookup', 'in', (query) =>
      query.selectFrom('conversations').select('conversations.lookup').where('person', '=', person),
    )
    .execute();
}
