import { createHash } from 'node:crypto';
import { Pool, type PoolClient, types } from 'pg';
import { AppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { type Engine, type EngineConnection, SESSION_SETTINGS } from './engine.ts';

const CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 5_000;
const STATEMENT_WITHIN_MS = 30_000;
/** A network that swallows packets without a word would hold a connection, and whoever waits for it, for good. */
const ANSWER_WITHIN_MS = STATEMENT_WITHIN_MS + 5_000;
const INT8 = 20;

/** Connects to a server when the first statement runs; connections that break are replaced. */
export function openPostgres(url: string, log: Logger): Engine {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    application_name: 'orienta',
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format)) },
  });
  // An idle connection that the server closes is no fault of anybody's request; unheard, it would end the process.
  pool.on('error', (error) => log.warn({ error: error.name }, 'idle database connection lost'));
  const known = new WeakSet<PoolClient>();
  const setUp = async (client: PoolClient, connection: EngineConnection): Promise<void> => {
    if (known.has(client)) return;
    try {
      await connection.run(SESSION_SETTINGS, []);
    } catch (error) {
      connection.release();
      throw error;
    }
    known.add(client);
  };
  return {
    kind: 'postgres',
    async connect() {
      const client = await pool.connect();
      const connection = leased(client);
      await setUp(client, connection);
      return connection;
    },
    end: () => pool.end(),
    explain,
  };
}

/** A connection that failed is thrown away when it is given back: a statement may still be under way on it. */
function leased(client: PoolClient): EngineConnection {
  let broken = false;
  // The pool listens only to idle connections. Unheard, the end of one that is in use would end the process.
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  return {
    async run(text, parameters) {
      try {
        return await runOn(client, text, parameters);
      } catch (error) {
        broken ||= explain(error) !== undefined;
        throw error;
      }
    },
    release() {
      client.off('error', onError);
      client.release(broken);
    },
  };
}

async function runOn<R>(
  client: PoolClient,
  text: string,
  parameters: readonly unknown[],
): Promise<{ readonly rows: R[]; readonly command: string; readonly rowCount: number }> {
  const answer: unknown = await client.query(
    // Named, it is parsed and planned once a connection; so the store names its columns and never asks for `*`,
    // whose meaning changes under an older gateway's feet when a newer one adds a column. Scripts have no parameters
    // and cannot be named.
    parameters.length === 0 ? { text } : { name: nameOf(text), text, values: [...parameters] },
  );
  // A script of several statements answers with a list; its last result counts.
  const result = Array.isArray(answer) ? answer.at(-1) : answer;
  return { rows: result?.rows ?? [], command: result?.command ?? '', rowCount: result?.rowCount ?? 0 };
}

const names = new Map<string, string>();
/** Statements beyond these run unnamed: a text that grows with its list of values would fill the server's memory. */
const MOST_NAMES = 200;

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known ?? '';
  const name = `orienta_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  names.set(text, name);
  return name;
}

const GONE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'ENOENT',
]);

function explain(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === '53100') {
    return new AppError(
      'STORE_UNUSABLE',
      'El servidor de la base de datos se quedó sin espacio en disco. Libere espacio en él.',
      {
        retryable: true,
        cause: error,
      },
    );
  }
  if (code === '28P01' || code === '28000' || code === '3D000') {
    return new AppError(
      'STORE_UNUSABLE',
      'El servidor de la base de datos no acepta el usuario, la contraseña o el nombre de la base. Revise DATABASE_URL.',
      { cause: error },
    );
  }
  // Class 08: connection; 57P0x: the server is stopping or starting; 53300: no connection free; 57014: too slow.
  const gone = GONE.has(code) || /^(08...|57P0.|53300|57014)$/.test(code);
  if (
    !gone &&
    !/connection terminated|connection timeout|timeout exceeded|query read timeout|not queryable|connection error/i.test(
      error.message,
    )
  ) {
    return undefined;
  }
  return new AppError(
    'STORE_UNAVAILABLE',
    'La base de datos no responde. Revise el servidor de DATABASE_URL.',
    {
      retryable: true,
      cause: error,
    },
  );
}
