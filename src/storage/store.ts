import type { DeadLetters } from './dead-letters.ts';
import type { Erasure } from './erasure.ts';
import type { Feedback } from './feedback.ts';
import type { Inbox } from './inbox.ts';
import type { Leases } from './leases.ts';
import type { LegalQuestions } from './legal-questions.ts';
import type { Outbox } from './outbox.ts';
import type { People } from './people.ts';
import type { Schedule } from './schedule.ts';
import type { Turns } from './turns.ts';
import type { Upkeep } from './upkeep.ts';
import type { WriteBack } from './write-back.ts';

/** The state Orienta stands on. Every method may throw `STORE_UNAVAILABLE` (retryable) while the database is away. */
export interface Store {
  readonly people: People;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly deadLetters: DeadLetters;
  readonly turns: Turns;
  readonly writeBack: WriteBack;
  readonly leases: Leases;
  readonly feedback: Feedback;
  readonly legalQuestions: LegalQuestions;
  readonly erasure: Erasure;
  readonly schedule: Schedule;
  readonly upkeep: Upkeep;
  /** Runs `work` as one step: when it throws, nothing of it was written. */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
