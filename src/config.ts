import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FaultsError } from './errors.ts';
import { isLoopbackHost } from './local-url.ts';
import { packageRoot } from './paths.ts';

/** A secret that does not print: `String(secret)` and JSON give `***`. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '***';
  }
  toJSON(): string {
    return '***';
  }
}

const portWords = 'escriba un puerto entre 0 y 65535';
const port = (fallback: number) =>
  z.coerce.number(portWords).int(portWords).min(0, portWords).max(65_535, portWords).default(fallback);
const daysWords = 'escriba un número de días entre 1 y 365';
const text = (what: string) => z.string(`escriba ${what}`);
const choice = <const Choice extends string>(...choices: readonly [Choice, ...Choice[]]) =>
  z.enum(choices, `escriba ${choices.slice(0, -1).join(', ')} o ${choices.at(-1)}`);
const secret = (what: string) =>
  text(what)
    .transform((value) => new Secret(value))
    .optional();

/** Every environment variable Orienta reads. The description is the comment in .env.example. */
export const configSchema = z.object({
  NODE_ENV: choice('development', 'production', 'test')
    .default('development')
    .describe('production turns the safety checks for real use on'),
  LOG_LEVEL: choice('fatal', 'error', 'warn', 'info', 'debug', 'silent')
    .default('info')
    .describe('how much is logged to stderr'),
  PORT: port(3978).describe('port of the chat page, the norm pages and Teams (0 picks a free one)'),
  HOST: text('una dirección como 127.0.0.1')
    .default('127.0.0.1')
    .describe('address to listen on; 0.0.0.0 behind a reverse proxy'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'escriba una dirección como https://orienta.ejemplo.gt' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('address under which people reach the pages; citations link to it'),
  DATA_DIR: text('la ruta de una carpeta')
    .default(join(packageRoot, 'data'))
    .describe('folder for everything Orienta writes'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'escriba postgresql://usuario:clave@servidor:5432/base' })
    .transform((url) => new Secret(url))
    .optional()
    .describe('PostgreSQL server; unset, the database is embedded under DATA_DIR'),
  DATA_KEYS: secret('una o más claves id:base64, separadas por comas').describe(
    'keys that seal addresses and words, id:base64 of 32 bytes each, the first is used for new data; unset in development one is made under DATA_DIR',
  ),
  RETENTION_DAYS: z.coerce
    .number(daysWords)
    .int(daysWords)
    .min(1, daysWords)
    .max(365, daysWords)
    .default(30)
    .describe('days that masked messages are kept (turns about refuge or danger: 72 hours)'),
  ADMIN_PORT: port(3979).describe('port of /metrics and the console of operators (0 picks a free one)'),
  ADMIN_HOST: text('una dirección como 127.0.0.1')
    .default('127.0.0.1')
    .describe("address of the operators' port; off loopback OPERATOR_TOKEN is needed"),
  OPERATOR_TOKEN: secret('una clave larga').describe(
    'token that operators send as "Authorization: Bearer …"',
  ),
  MicrosoftAppId: text('el id del Azure Bot')
    .optional()
    .describe(
      'id of the Azure Bot; unset, Teams answers only loopback callers such as the Agents Playground, and is off when HOST or PUBLIC_URL let others in',
    ),
  MicrosoftAppPassword: secret('el secreto del Azure Bot').describe('secret of the Azure Bot'),
  MicrosoftAppType: choice('SingleTenant', 'MultiTenant', 'UserAssignedMSI')
    .optional()
    .describe('kind of the Azure Bot registration'),
  MicrosoftAppTenantId: text('el id del tenant')
    .optional()
    .describe('tenant of the Azure Bot; needed with SingleTenant'),
  TEAMS_DEV_ROLE: choice('publico', 'lector', 'editor', 'administrador')
    .default('lector')
    .describe(
      'who the Agents Playground user is while there are no Microsoft credentials: publico reads what migrants read, the others what staff read',
    ),
});

/** Orienta's configuration: frozen, checked, with every default filled in. */
export type Config = Readonly<z.output<typeof configSchema>>;

/**
 * Reads the configuration from an environment. Empty variables count as unset.
 * @throws {FaultsError} `CONFIG_INVALID` naming every faulty variable and what to put there
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(
    Object.entries(env).flatMap(([name, value = '']) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  const parsed = configSchema.safeParse(present);
  if (!parsed.success) {
    throw configFaults(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const faults = credentialFaults(parsed.data);
  if (faults.length > 0) throw configFaults(faults);
  return Object.freeze({ ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) });
}

/**
 * What must hold before the server may start; single commands do without.
 * @throws {FaultsError} `CONFIG_INVALID` naming every faulty variable and what to put there
 */
export function checkForServing(config: Config): void {
  const faults: string[] = [];
  if (config.NODE_ENV === 'production' && config.MicrosoftAppId === undefined) {
    faults.push(
      'MicrosoftAppId: falta; sin credenciales Teams no puede comprobar quién llama, y con NODE_ENV=production Orienta no arranca así. Ponga el id y el secreto del Azure Bot (MicrosoftAppId, MicrosoftAppPassword)',
    );
  }
  if (config.NODE_ENV === 'production' && config.DATA_KEYS === undefined) {
    faults.push(
      'DATA_KEYS: falta; con NODE_ENV=production Orienta no inventa la clave con que guarda los datos. Ponga id:base64 de 32 bytes',
    );
  }
  if (!isLoopbackHost(config.ADMIN_HOST) && config.OPERATOR_TOKEN === undefined) {
    faults.push('OPERATOR_TOKEN: falta; hace falta cuando ADMIN_HOST no es esta misma máquina');
  }
  if (faults.length > 0) throw configFaults(faults);
}

function configFaults(faults: readonly string[]): FaultsError {
  const summary = 'La configuración tiene fallas. Corrija estas variables de entorno:';
  return new FaultsError('CONFIG_INVALID', summary, faults);
}

function credentialFaults(config: z.output<typeof configSchema>): readonly string[] {
  const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId } = config;
  const isManaged = MicrosoftAppType === 'UserAssignedMSI';
  const faults: string[] = [];
  if (MicrosoftAppId !== undefined && !isManaged && MicrosoftAppPassword === undefined) {
    faults.push('MicrosoftAppPassword: falta; es el secreto del bot de MicrosoftAppId');
  }
  if ((MicrosoftAppType === 'SingleTenant' || isManaged) && MicrosoftAppTenantId === undefined) {
    faults.push(`MicrosoftAppTenantId: falta; ${MicrosoftAppType} lo necesita`);
  }
  if (isManaged && MicrosoftAppPassword !== undefined) {
    faults.push('MicrosoftAppPassword: sobra; UserAssignedMSI no usa secreto');
  }
  return faults;
}
