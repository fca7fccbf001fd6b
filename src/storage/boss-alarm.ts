import { CompiledQuery, sql } from 'kysely';
import PgBoss from 'pg-boss';
import type { Database } from './database.ts';

/**
 * Rings at most once in a while for all gateways of one database together: whoever asks first after the time is up
 * hears it. What is to be done then is decided elsewhere.
 */
export interface Alarm {
  /** Makes or migrates the alarm's own tables. */
  prepare(): Promise<void>;
  /** Sets the alarm if its time has come, and rings with `ring` if nobody else heard it. Rejects while the database is away. */
  listen(ring: () => Promise<void>): Promise<void>;
}

const QUEUE = 'tick';
/** Done jobs are kept this long before they are cleared: long enough for pg-boss not to ring twice in one span. */
const KEPT_S = 3_600;

/**
 * The alarm as a pg-boss queue in the same database, in a schema beside the store's. pg-boss's own workers and cron
 * are left alone: they finish jobs without waiting for the outcome, so a database that goes away at that moment would
 * end the process with an unhandled rejection.
 * @param everyS the span in which it rings at most once, in seconds
 */
export function createBossAlarm(database: Database, everyS: number): Alarm {
  let boss: PgBoss | undefined;
  return {
    async prepare() {
      const made = new PgBoss({
        db: { executeSql: (text, values) => execute(database, text, values) },
        schema: await schemaBeside(database),
        schedule: false,
        supervise: false,
        archiveCompletedAfterSeconds: KEPT_S,
        deleteAfterSeconds: KEPT_S,
      });
      await made.start();
      await made.createQueue(QUEUE);
      boss = made;
    },
    async listen(ring) {
      if (boss === undefined) return;
      await boss.send(QUEUE, {}, { singletonSeconds: everyS, retryLimit: 0 });
      const [job] = await boss.fetch(QUEUE);
      if (job === undefined) return;
      await ring();
      await boss.complete(QUEUE, job.id);
      await boss.maintain();
    },
  };
}

/** A script that fails half-way would leave its connection inside a transaction. */
async function execute(
  database: Database,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ rows: unknown[] }> {
  return database.sql.connection().execute(async (connection) => {
    try {
      return { rows: (await connection.executeQuery(CompiledQuery.raw(text, [...values]))).rows };
    } catch (error) {
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
      throw error;
    }
  });
}

/** Two stores in two schemas of one database have an alarm each. */
async function schemaBeside(database: Database): Promise<string> {
  const { rows } = await sql<{ own: string }>`select current_schema() as own`.execute(database.sql);
  return `${rows[0]?.own ?? 'public'}_pgboss`;
}
