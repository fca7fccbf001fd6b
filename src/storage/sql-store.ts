import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Clock, systemClock } from '../clock.ts';
import { createCipher, createLookup } from './cipher.ts';
import type { DataKeys } from './data-keys.ts';
import type { Database } from './database.ts';
import { demandKnownKeys } from './known-keys.ts';
import { openLookupSecret } from './lookup-secret.ts';
import { sqlDeadLetters } from './sql-dead-letters.ts';
import { sqlErasure } from './sql-erasure.ts';
import { sqlFeedback } from './sql-feedback.ts';
import { sqlInbox } from './sql-inbox.ts';
import { sqlLeases } from './sql-leases.ts';
import { sqlLegalQuestions } from './sql-legal-questions.ts';
import { sqlOutbox } from './sql-outbox.ts';
import { sqlPeople } from './sql-people.ts';
import { sqlSchedule } from './sql-schedule.ts';
import { sqlTurns } from './sql-turns.ts';
import { sqlUpkeep } from './sql-upkeep.ts';
import { sqlWriteBack } from './sql-write-back.ts';
import type { Store } from './store.ts';
import { inTransaction, type StoreContext } from './store-context.ts';

/** What a store is opened with. */
export interface StoreOptions {
  readonly database: Database;
  readonly keys: DataKeys;
  readonly clock?: Clock;
  /** Makes ids; they must be UUIDs. */
  readonly newId?: () => string;
  /** How long a first message waits for more fragments of the same person; 0 (the default) does not wait. */
  readonly gatherMs?: number;
}

/**
 * Opens the store over a database, which it then owns. On PGlite nobody else has it open, so what a killed process
 * held is free at once; on a server a dead gateway's work is free when its leases end.
 * @throws {AppError} `KEY_INVALID` when the keys are not those of this database; nothing is changed then
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { database, keys, clock = systemClock, newId = randomUUID, gatherMs = 0 } = options;
  const cipher = createCipher(keys);
  const lookup = createLookup(await openLookupSecret(database.sql, cipher));
  await demandKnownKeys(database.sql, keys);
  const embedded = database.kind === 'pglite';
  const store = storeOver({ db: database.sql, cipher, lookup, clock, newId, gatherMs }, embedded, () =>
    database.close(),
  );
  if (embedded) await store.upkeep.releaseAll();
  return store;
}

function storeOver(context: StoreContext, embedded: boolean, close: () => Promise<void>): Store {
  return {
    people: sqlPeople(context),
    inbox: sqlInbox(context),
    outbox: sqlOutbox(context),
    deadLetters: sqlDeadLetters(context),
    turns: sqlTurns(context),
    writeBack: sqlWriteBack(context),
    leases: sqlLeases(context),
    feedback: sqlFeedback(context),
    legalQuestions: sqlLegalQuestions(context),
    erasure: sqlErasure(context),
    schedule: sqlSchedule(context),
    upkeep: sqlUpkeep(context, embedded),
    transaction: (work) => inTransaction(context, (within) => work(storeOver(within, embedded, close))),
    async ping() {
      await sql`select 1`.execute(context.db);
    },
    close,
  };
}
