import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { AppError } from '../errors.ts';

/** Runs one statement on one connection. */
export type RunStatement = <R>(
  text: string,
  parameters: readonly unknown[],
) => Promise<{ readonly rows: R[]; readonly command: string; readonly rowCount: number }>;

/** One connection that kysely may use until it gives it back. */
export interface EngineConnection {
  readonly run: RunStatement;
  release(): void;
}

/** What differs between PGlite and a server: how a connection is got, and what its errors mean. */
export interface Engine {
  readonly kind: 'pglite' | 'postgres';
  connect(): Promise<EngineConnection>;
  end(): Promise<void>;
  /** Turns an outside fault into Orienta's own error; undefined when it is a mistake of a statement. */
  explain(error: unknown): AppError | undefined;
}

/** Lets kysely's own PostgreSQL dialect work on an engine: one dialect for both. */
export function enginePool(engine: Engine): PostgresPool {
  return {
    async connect() {
      try {
        return new EngineClient(engine, await engine.connect());
      } catch (error) {
        throw engine.explain(error) ?? error;
      }
    },
    end: () => engine.end(),
  };
}

class EngineClient implements PostgresPoolClient {
  readonly #engine: Engine;
  readonly #connection: EngineConnection;

  constructor(engine: Engine, connection: EngineConnection) {
    this.#engine = engine;
    this.#connection = connection;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    what: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof what !== 'string')
      throw new AppError('STORE_UNUSABLE', 'Cursors are not offered by the store.');
    return this.#run<R>(what, parameters);
  }

  async #run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      const { rows, rowCount, command } = await this.#connection.run<R>(text, parameters);
      return { rows, rowCount, command: commandOf(command) };
    } catch (error) {
      throw this.#engine.explain(error) ?? error;
    }
  }

  release(): void {
    this.#connection.release();
  }
}

/** kysely only tells statements that change rows from those that do not. */
function commandOf(command: string): PostgresQueryResult<unknown>['command'] {
  switch (command) {
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'MERGE':
      return command;
    default:
      return 'SELECT';
  }
}

/**
 * Run once on every connection. The store's statements walk indexes in order and stop early. With a bitmap PostgreSQL
 * would first collect the whole backlog for every claim; and a plan that was kept from when a table was empty would
 * read all of it ever after.
 */
export const SESSION_SETTINGS = 'set enable_bitmapscan = off; set enable_seqscan = off';
