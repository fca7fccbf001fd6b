import type { ErasedCounts, Erasure } from './erasure.ts';
import { chatsOf, clearChats, type Gone, sayFarewell } from './sql-farewell.ts';
import { eraseWriteBackOf } from './sql-write-back.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

/** Erasure in SQL. */
export function sqlErasure(context: StoreContext): Erasure {
  return {
    count: (person) => countOf(context, person),
    erase: (person) => inTransaction(context, (within) => erasePerson(within, person)),
    async list() {
      const rows = await context.db
        .selectFrom('erasures')
        .select(['id', 'kind', 'ref', 'erased_at'])
        .orderBy('erased_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind === 'message' ? 'message' : 'person',
        ref: row.ref,
        erasedAt: row.erased_at,
      }));
    },
    apply: (entries) =>
      inTransaction(context, async (within) => {
        const known = new Set(
          (await within.db.selectFrom('erasures').select('id').execute()).map((row) => row.id),
        );
        const missing = entries.filter((entry) => !known.has(entry.id));
        for (const entry of missing) {
          // The chat is cleared once more: what was to be cleared may have been lost with the newer data.
          if (entry.kind === 'person') await clearChats(within, await deletePerson(within, entry.ref));
          else await clearMessage(within, entry.ref);
          const row = { id: entry.id, kind: entry.kind, ref: entry.ref, erased_at: entry.erasedAt };
          await within.db.insertInto('erasures').values(row).execute();
        }
        return missing.length;
      }),
  };
}

/** What is still said to a person who is erased. */
export interface LastReply {
  readonly turn: string;
  readonly talk: Gone;
  readonly reply: string;
}

/**
 * Erases a person and notes it, and every id under which an older backup may hold them. What is left to do is put in
 * the outbox: the last reply, then the clearing of each chat.
 */
export async function erasePerson(
  context: StoreContext,
  person: string,
  last?: LastReply,
): Promise<ErasedCounts> {
  const counts = await countOf(context, person);
  const merged = await context.db
    .selectFrom('people_merged')
    .select('old')
    .where('person', '=', person)
    .execute();
  const erased_at = context.clock.now();
  const refs = [person, ...merged.map((row) => row.old)];
  const entries = refs.map((ref) => ({ id: context.newId(), kind: 'person', ref, erased_at }));
  await eraseWriteBackOf(context, person);
  const chats = await deletePerson(context, person);
  await context.db.insertInto('erasures').values(entries).execute();
  if (last !== undefined) await sayFarewell(context, last.talk, last);
  await clearChats(
    context,
    chats.filter(({ address }) => address !== last?.talk.address),
  );
  return counts;
}

/** @returns the person's chats, which are still to be cleared where the platform keeps them */
async function deletePerson(context: StoreContext, person: string): Promise<readonly Gone[]> {
  const { db } = context;
  // Locked first: a message that arrives now waits, and then finds nobody and starts anew.
  const talks = await db
    .selectFrom('conversations')
    .select(['id', 'channel', 'address_sealed'])
    .where('person', '=', person)
    .forUpdate()
    .execute();
  const ids = talks.map((talk) => talk.id);
  const chats = chatsOf(context, talks);
  for (const table of ['outbox', 'turns', 'inbox'] as const) {
    await db.deleteFrom(table).where('person', '=', person).execute();
    if (ids.length > 0) await db.deleteFrom(table).where('conversation', 'in', ids).execute();
  }
  await db.deleteFrom('conversations').where('person', '=', person).execute();
  await db.deleteFrom('aliases').where('person', '=', person).execute();
  await db.deleteFrom('people').where('id', '=', person).execute();
  return chats;
}

async function clearMessage({ db }: StoreContext, id: string): Promise<void> {
  await db
    .updateTable('inbox')
    .set({ text_sealed: null, quoted_sealed: null, state: 'deleted', lease: null, leased_until: null })
    .where('id', '=', id)
    .execute();
  await db.updateTable('turns').set({ context_sealed: null }).where('id', '=', id).execute();
  await db.updateTable('legal_questions').set({ asked_sealed: null }).where('turn', '=', id).execute();
}

async function countOf({ db }: StoreContext, person: string): Promise<ErasedCounts> {
  const count = async (table: 'inbox' | 'turns' | 'outbox' | 'conversations' | 'aliases') => {
    const row = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('person', '=', person)
      .executeTakeFirstOrThrow();
    return row.count;
  };
  return {
    messages: await count('inbox'),
    turns: await count('turns'),
    replies: await count('outbox'),
    conversations: await count('conversations'),
    aliases: await count('aliases'),
  };
}
