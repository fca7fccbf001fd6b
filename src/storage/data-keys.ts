import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { unwritable } from './folder-faults.ts';

/** A key that seals what is at rest. The id is public: it stands in front of everything sealed with the key. */
export interface DataKey {
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** The keys of a store: new data is sealed with the first, old data may be sealed with any. */
export interface DataKeys {
  readonly current: DataKey;
  readonly all: ReadonlyMap<string, DataKey>;
  /** `file`: made by Orienta for development, beside the data that it seals. */
  readonly origin: 'environment' | 'file';
}

const KEY_BYTES = 32;
const HOW =
  'escriba id:base64 con 32 bytes por clave, separadas por comas (por ejemplo con «openssl rand -base64 32»)';

/**
 * Reads `id:base64,…`.
 * @throws {AppError} `KEY_INVALID` saying what is wrong, never quoting a key
 */
export function parseDataKeys(text: string, origin: DataKeys['origin'] = 'environment'): DataKeys {
  const keys = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseKey);
  const all = new Map(keys.map((key) => [key.id, key]));
  const current = keys[0];
  if (current === undefined) throw new AppError('KEY_INVALID', `DATA_KEYS no tiene ninguna clave: ${HOW}.`);
  if (all.size < keys.length)
    throw new AppError('KEY_INVALID', 'DATA_KEYS repite un id: dé a cada clave el suyo.');
  return { current, all, origin };
}

function parseKey(entry: string, index: number): DataKey {
  const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (id === undefined || bytes.length !== KEY_BYTES) {
    throw new AppError('KEY_INVALID', `La clave ${index + 1} de DATA_KEYS no es válida: ${HOW}.`);
  }
  return { id, bytes };
}

/**
 * The keys to work with: those of the environment or, outside production, the file `dataDir`/keys, made once.
 * @throws {AppError} `KEY_INVALID` in production without `DATA_KEYS`, or when the keys cannot be read
 */
export function loadDataKeys(options: {
  readonly dataKeys: string | undefined;
  readonly dataDir: string;
  readonly production: boolean;
}): DataKeys {
  if (options.dataKeys !== undefined) return parseDataKeys(options.dataKeys);
  if (options.production) {
    throw new AppError(
      'KEY_INVALID',
      `En producción hace falta DATA_KEYS: ${HOW}. Guarde la clave fuera de este equipo.`,
    );
  }
  const file = join(options.dataDir, 'keys');
  return parseDataKeys(readKeyFile(file) ?? makeKeyFile(file, options.dataDir), 'file');
}

function readKeyFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new AppError('KEY_INVALID', `No se puede leer la clave de ${file}.`, { cause });
  }
}

function makeKeyFile(file: string, dataDir: string): string {
  const text = `desarrollo:${randomBytes(KEY_BYTES).toString('base64')}\n`;
  try {
    makeFolder(dataDir, 0o700);
    // Fails where another process made one a moment ago: then that one counts.
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600);
    return text;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')
      return readFileSync(file, 'utf8');
    throw unwritable(dataDir, cause);
  }
}
