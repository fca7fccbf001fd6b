import { sql } from 'kysely';
import type { NewMessage } from './inbox.ts';
import { aliasLookup } from './sql-people.ts';
import { conversationLookup, type StoreContext } from './store-context.ts';

/**
 * Makes a person whom nobody has met, with their conversation, in one statement: a crowd that writes for the first time
 * is what a day after an announcement looks like.
 * @returns false when a part of it is known, or became so in this very moment; then nothing was written
 */
export async function registerStranger(context: StoreContext, message: NewMessage): Promise<boolean> {
  const { db, cipher } = context;
  // A refused statement would end the transaction that is going on.
  if (db.isTransaction) return false;
  const now = context.clock.now();
  const [person, conversation] = [context.newId(), context.newId()];
  const talk = conversationLookup(context, message.conversation);
  const names = new Map(message.sender.map((alias) => [aliasLookup(context, alias), alias]));
  const lookups = [...names.keys()].sort();
  const kinds = lookups.map((lookup) => names.get(lookup)?.kind);
  const values = lookups.map((lookup) =>
    cipher.seal(names.get(lookup)?.value ?? '', `aliases.value:${lookup}`),
  );
  const address = cipher.seal(message.conversation, `conversations.address:${conversation}`);
  try {
    const { rows } = await sql<{ id: string }>`
      with stranger as (
        select 1 where not exists (select 1 from aliases where lookup = any(${lookups}::text[]))
                   and not exists (select 1 from conversations where lookup = ${talk}::text)
      ), made as (
        insert into people (id, created_at) select ${person}::uuid, ${now}::timestamptz from stranger returning id
      ), named as (
        insert into aliases (lookup, kind, value_sealed, person, added_at)
        select v.lookup, v.kind, v.value, made.id, ${now}::timestamptz
        from made, unnest(${lookups}::text[], ${kinds}::text[], ${values}::text[]) as v(lookup, kind, value)
      )
      insert into conversations (id, lookup, channel, address_sealed, person, created_at)
      select ${conversation}::uuid, ${talk}::text, ${message.channel}::text, ${address}::text, made.id,
             ${now}::timestamptz
      from made returning id`.execute(db);
    return rows.length > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

/** Another gateway met the same person at once. */
const UNIQUE_VIOLATION = '23505';
