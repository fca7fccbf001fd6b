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

/** What a member of staff may do: ask; also load texts; also manage people. */
export const staffRoleSchema = z.enum(['lector', 'editor', 'administrador']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

const portWords = 'escriba un puerto entre 0 y 65535';
const port = (fallback: number) =>
  z.coerce.number(portWords).int(portWords).min(0, portWords).max(65_535, portWords).default(fallback);
const daysWords = 'escriba un número de días entre 1 y 365';
const text = (what: string) => z.string(`escriba ${what}`);
const choice = <const Choice extends string>(...choices: readonly [Choice, ...Choice[]]) =>
  z.enum(choices, `escriba ${choices.slice(0, -1).join(', ')} o ${choices.at(-1)}`);
const onOff = (fallback: boolean) =>
  choice('true', 'false')
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true');
const list = (what: string) =>
  text(what)
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .optional();
const ROLE_WORDS = 'escriba aadObjectId:lector, :editor o :administrador, separados por comas';
const roles = () =>
  text(ROLE_WORDS)
    .transform((value, context) => {
      const entries = value.split(',').map((part) => part.trim().split(':'));
      const parsed = z.array(z.tuple([z.string().min(1), staffRoleSchema])).safeParse(entries);
      if (parsed.success) return new Map(parsed.data.map(([id, role]) => [id.toLowerCase(), role]));
      context.addIssue({ code: 'custom', message: ROLE_WORDS });
      return z.NEVER;
    })
    .optional();
const endpoint = (what: string) => z.url({ protocol: /^https?$/, error: `escriba ${what}` }).optional();
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
  WHATSAPP_ENABLED: onOff(false).describe(
    'true opens WhatsApp through whatsapp-web.js (the pilot; unofficial, may be blocked)',
  ),
  WHATSAPP_SESSION_DIR: text('la ruta de una carpeta')
    .optional()
    .describe('folder of the WhatsApp session, on a local disk; unset, whatsapp/ under DATA_DIR'),
  WHATSAPP_WEB_VERSION: text('una versión como 2.3000.1023')
    // It names a file.
    .regex(/^\w[\w.-]*$/, 'escriba una versión como 2.3000.1023')
    .optional()
    .describe(
      'version of WhatsApp Web to serve from WHATSAPP_WEB_CACHE_DIR; unset, the one that WhatsApp sends',
    ),
  WHATSAPP_WEB_CACHE_DIR: text('la ruta de una carpeta')
    .optional()
    .describe(
      'folder with the page <version>.html that is served in place of web.whatsapp.com; unset, web-cache/ in the session folder',
    ),
  WHATSAPP_CHROME_ARGS: text('opciones de Chromium')
    .optional()
    .describe("Chromium options, separated by spaces, added to Orienta's own"),
  CHROME_PATH: text('la ruta de Chromium')
    .optional()
    .describe('program file of Chromium or Chrome; unset, it is looked for'),
  WHATSAPP_CLOUD_TOKEN: secret('el token de la API').describe(
    "token of WhatsApp's official Cloud API, the recommended door in production",
  ),
  WHATSAPP_CLOUD_PHONE_ID: text('el id del número')
    .optional()
    .describe("id of the institution's number in the Cloud API"),
  WHATSAPP_CLOUD_APP_SECRET: secret('el secreto de la aplicación').describe(
    'secret of the Meta application; it signs what WhatsApp sends to /api/whatsapp',
  ),
  WHATSAPP_CLOUD_VERIFY_TOKEN: secret('la palabra de verificación').describe(
    "word of your choice that Meta's console asks for when /api/whatsapp is registered",
  ),
  WHATSAPP_CLOUD_TEMPLATE: text('el nombre de una plantilla aprobada')
    .optional()
    .describe(
      "approved template, name or name:language, that tells of an answer which came after WhatsApp's 24 hours; unset, nobody is told",
    ),
  WHATSAPP_CLOUD_URL: endpoint('una dirección como https://graph.facebook.com/v25.0').describe(
    "address of the Graph API with its version, where it is reached through a proxy; unset, Meta's own",
  ),
  TRANSCRIPTION_URL: endpoint('una dirección como https://servidor/v1').describe(
    'OpenAI-compatible service that turns voice notes into text; audio leaves for it; unset, people are asked to write',
  ),
  TRANSCRIPTION_MODEL: text('el nombre del modelo').optional().describe('its model (whisper-1)'),
  TRANSCRIPTION_KEY: secret('la clave del servicio').describe('its key'),
  SPEECH_URL: endpoint('una dirección como https://servidor/v1').describe(
    'OpenAI-compatible service that speaks answers which have no vetted recording',
  ),
  SPEECH_MODEL: text('el nombre del modelo').optional().describe('its model (tts-1)'),
  SPEECH_KEY: secret('la clave del servicio').describe('its key'),
  SPEECH_VOICE: text('el nombre de la voz').optional().describe('its voice (alloy)'),
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
  ToBotFromChannelOpenIdMetadataUrl: endpoint(
    'una dirección como https://login…/openidconfiguration',
  ).describe('where the keys are published that sign what Teams sends; unset, the public cloud'),
  ToBotFromChannelTokenIssuer: text('el emisor de los tokens')
    .optional()
    .describe('who issues the tokens of what Teams sends; unset, the public cloud'),
  TEAMS_TENANTS: list('ids de tenant separados por comas').describe(
    'ids of the tenants whose people may write, separated by commas; unset, anybody who can reach the bot',
  ),
  TEAMS_ROLES: roles().describe(
    'staff and their roles, aadObjectId:lector|editor|administrador, separated by commas; unset, everybody is the public',
  ),
  TEAMS_ALLOWED_TEAMS: list('ids de equipos o chats separados por comas').describe(
    'ids of the teams, channels and group chats where only staff read, separated by commas: there known staff get what staff read; unset, only in their personal chat',
  ),
  TEAMS_LEGAL_CONVERSATION: text('el id de una conversación')
    .optional()
    .describe(
      'id of the Teams conversation where questions for the legal unit are put; unset, nobody is offered to ask it',
    ),
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
  const faults: string[] = [...whatsappFaults(config)];
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

const CLOUD_VARIABLES = [
  'WHATSAPP_CLOUD_TOKEN',
  'WHATSAPP_CLOUD_PHONE_ID',
  'WHATSAPP_CLOUD_APP_SECRET',
  'WHATSAPP_CLOUD_VERIFY_TOKEN',
] as const;

function whatsappFaults(config: z.output<typeof configSchema>): readonly string[] {
  const missing = CLOUD_VARIABLES.filter((name) => config[name] === undefined);
  const hasCloud = missing.length < CLOUD_VARIABLES.length;
  const faults = hasCloud
    ? missing.map((name) => `${name}: falta; la API de WhatsApp necesita las cuatro`)
    : [];
  if (hasCloud && config.WHATSAPP_ENABLED) {
    faults.push(
      'WHATSAPP_ENABLED: sobra con WHATSAPP_CLOUD_…; un número entra por la API oficial o por whatsapp-web.js, no por las dos',
    );
  }
  return faults;
}
