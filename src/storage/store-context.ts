import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Cipher, Lookup } from './cipher.ts';
import type { Schema } from './schema.ts';

/** What the SQL parts of the store share. */
export interface StoreContext {
  /** The database, or the transaction that is going on. */
  readonly db: Kysely<Schema>;
  readonly cipher: Cipher;
  readonly lookup: Lookup;
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long a first message waits for more fragments of the same person; 0 makes every message its own turn. */
  readonly gatherMs: number;
}

/** Runs `work` in the transaction that is going on, or in one of its own. */
export function inTransaction<T>(
  context: StoreContext,
  work: (within: StoreContext) => Promise<T>,
): Promise<T> {
  if (context.db.isTransaction) return work(context);
  return context.db.transaction().execute((db) => work({ ...context, db }));
}

/** The moment `ms` from now by the store's clock; negative for the past. */
export function fromNow(context: StoreContext, ms: number): Date {
  return new Date(context.clock.now().getTime() + ms);
}

/** What a conversation is looked up by. */
export function conversationLookup(context: StoreContext, address: string): string {
  return context.lookup('conversation', address);
}
