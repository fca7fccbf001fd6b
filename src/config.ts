import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FaultsError } from './errors.ts';
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

const port = (fallback: number) =>
  z.coerce.number('escriba un puerto entre 0 y 65535').int().min(0).max(65_535).default(fallback);
const secret = z
  .string()
  .min(1)
  .transform((value) => new Secret(value))
  .optional();

/** Every environment variable Orienta reads. The description is the comment in .env.example. */
export const configSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production turns the safety checks for real use on'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('how much is logged to stderr'),
  PORT: port(3978).describe('port of the chat page, the norm pages and Teams (0 picks a free one)'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('address to listen on; 0.0.0.0 behind a reverse proxy'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'escriba una dirección como https://orienta.ejemplo.gt' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('address under which people reach the pages; citations link to it'),
  DATA_DIR: z
    .string()
    .min(1)
    .default(join(packageRoot, 'data'))
    .describe('folder for everything Orienta writes'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'escriba postgresql://usuario:clave@servidor:5432/base' })
    .transform((url) => new Secret(url))
    .optional()
    .describe('PostgreSQL server; unset, the database is embedded under DATA_DIR'),
  DATA_KEYS: secret.describe(
    'keys that seal addresses and words, id:base64 of 32 bytes each, the first is used for new data; unset in development one is made under DATA_DIR',
  ),
  RETENTION_DAYS: z.coerce
    .number('escriba un número de días')
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('days that masked messages are kept (turns about refuge or danger: 72 hours)'),
  ADMIN_PORT: port(3979).describe('port of /metrics and the console of operators (0 picks a free one)'),
  ADMIN_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe("address of the operators' port; off loopback OPERATOR_TOKEN is needed"),
  OPERATOR_TOKEN: secret.describe('token that operators send as "Authorization: Bearer …"'),
  MicrosoftAppId: z
    .string()
    .min(1)
    .optional()
    .describe(
      'id of the Azure Bot; unset, Teams answers only loopback callers such as the Agents Playground',
    ),
  MicrosoftAppPassword: secret.describe('secret of the Azure Bot'),
  MicrosoftAppType: z
    .enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI'])
    .optional()
    .describe('kind of the Azure Bot registration'),
  MicrosoftAppTenantId: z
    .string()
    .min(1)
    .optional()
    .describe('tenant of the Azure Bot; needed with SingleTenant'),
  TEAMS_DEV_ROLE: z
    .enum(['lector', 'editor', 'administrador'])
    .default('lector')
    .describe('role of the Agents Playground user while there are no Microsoft credentials'),
});

/** Orienta's configuration: frozen, checked, with every default filled in. */
export type Config = Readonly<z.output<typeof configSchema>>;

/**
 * Reads the configuration from an environment. Empty variables count as unset.
 * @throws {FaultsError} `CONFIG_INVALID` naming every faulty variable and what to put there
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = configSchema.safeParse(present);
  if (!parsed.success) {
    throw new FaultsError(
      'CONFIG_INVALID',
      'La configuración tiene fallas. Corrija estas variables de entorno:',
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const faults = crossCheck(parsed.data);
  if (faults.length > 0) {
    throw new FaultsError(
      'CONFIG_INVALID',
      'La configuración tiene fallas. Corrija estas variables de entorno:',
      faults,
    );
  }
  return Object.freeze({ ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) });
}

function crossCheck(config: z.output<typeof configSchema>): readonly string[] {
  const faults: string[] = [];
  if (
    config.MicrosoftAppId !== undefined &&
    config.MicrosoftAppType !== 'UserAssignedMSI' &&
    config.MicrosoftAppPassword === undefined
  ) {
    faults.push('MicrosoftAppPassword: falta; es el secreto del bot de MicrosoftAppId');
  }
  if (
    (config.MicrosoftAppType === 'SingleTenant' || config.MicrosoftAppType === 'UserAssignedMSI') &&
    config.MicrosoftAppTenantId === undefined
  ) {
    faults.push(`MicrosoftAppTenantId: falta; ${config.MicrosoftAppType} lo necesita`);
  }
  if (config.MicrosoftAppType === 'UserAssignedMSI' && config.MicrosoftAppPassword !== undefined) {
    faults.push('MicrosoftAppPassword: sobra; UserAssignedMSI no usa secreto');
  }
  if (config.NODE_ENV === 'production' && config.MicrosoftAppId === undefined) {
    faults.push(
      'MicrosoftAppId: falta; sin credenciales Teams no puede comprobar quién llama, y con NODE_ENV=production Orienta no arranca así. Ponga el id y el secreto del Azure Bot (MicrosoftAppId, MicrosoftAppPassword)',
    );
  }
  return faults;
}
