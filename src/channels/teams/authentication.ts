import { AsyncLocalStorage } from 'node:async_hooks';
import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { AppError } from '../../errors.ts';
import type { ConnectorClient } from './connector-client.ts';

/** The settings of the Azure Bot; all unset while only the Agents Playground calls. */
export type TeamsCredentials = Pick<
  Config,
  | 'MicrosoftAppId'
  | 'MicrosoftAppPassword'
  | 'MicrosoftAppType'
  | 'MicrosoftAppTenantId'
  | 'ToBotFromChannelOpenIdMetadataUrl'
  | 'ToBotFromChannelTokenIssuer'
>;

/** botbuilder's public cloud. It takes these only together: as soon as one is set, the others have no default. */
const PUBLIC_CLOUD = {
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ToBotFromEmulatorOpenIdMetadataUrl:
    'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  OAuthUrl: 'https://api.botframework.com',
  CallerId: 'urn:botframework:azure',
} as const;

/** Tells whether a caller is the Bot Framework. */
export interface Authentication {
  /** For botbuilder's adapter, which also writes with it. */
  readonly botbuilder: ConfigurationBotFrameworkAuthentication;
  /**
   * Checks the caller's token against the activity; without credentials everybody passes.
   * @throws {AppError} `UNTRUSTED_REQUEST` when it does not verify; `CHANNEL_UNAVAILABLE` (retryable) when it cannot be
   * checked now
   */
  check(authorization: string, activity: Activity): Promise<void>;
}

/** @returns the check as botbuilder does it, with signing keys from the platform's OpenID metadata */
export function createAuthentication(
  credentials: TeamsCredentials,
  { httpClient }: Pick<ConnectorClient, 'httpClient'>,
): Authentication {
  const botbuilder = new ConfigurationBotFrameworkAuthentication(
    options(credentials),
    undefined,
    undefined,
    undefined,
    { httpClient },
  );
  const issuer = credentials.ToBotFromChannelTokenIssuer ?? PUBLIC_CLOUD.ToBotFromChannelTokenIssuer;
  const isPlausible = createPlausible(issuer);
  return {
    botbuilder,
    check: async (authorization, activity) => {
      if (credentials.MicrosoftAppId !== undefined && !isPlausible(authorization)) throw untrusted();
      try {
        await quietly(() => botbuilder.authenticateRequest(activity, authorization));
      } catch (cause) {
        throw authenticationFault(cause);
      }
    },
  };
}

/** botbuilder tells "unset" by a key that is not there. */
function options(credentials: TeamsCredentials): Record<string, string> {
  const {
    MicrosoftAppId,
    MicrosoftAppPassword,
    ToBotFromChannelOpenIdMetadataUrl,
    ToBotFromChannelTokenIssuer,
  } = credentials;
  if (MicrosoftAppId === undefined) return {};
  const isOwnCloud =
    ToBotFromChannelOpenIdMetadataUrl !== undefined || ToBotFromChannelTokenIssuer !== undefined;
  return {
    ...(isOwnCloud ? PUBLIC_CLOUD : {}),
    ...present({
      MicrosoftAppId,
      MicrosoftAppPassword: MicrosoftAppPassword?.reveal(),
      MicrosoftAppType: credentials.MicrosoftAppType,
      MicrosoftAppTenantId: credentials.MicrosoftAppTenantId,
      ToBotFromChannelOpenIdMetadataUrl,
      ToBotFromChannelTokenIssuer,
    }),
  };
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

const payloadSchema = z.looseObject({ iss: z.string(), tid: z.string().optional() });
const MOST_TENANTS = 100;

/**
 * A look at an unchecked token. botbuilder would also take the tokens of its Emulator, of other bots and of Azure Stack
 * Edge, and for each organisation that any token names it keeps its issuers for good: a stranger could fill the memory
 * with tokens that nobody signed.
 */
function createPlausible(issuer: string): (authorization: string) => boolean {
  const tenants = new Set<string>();
  return (authorization) => {
    const payload = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(authorization)?.[1];
    const parsed = payloadSchema.safeParse(payload === undefined ? undefined : decodeJson(payload));
    if (!parsed.success || parsed.data.iss !== issuer) return false;
    const { tid } = parsed.data;
    if (tid === undefined || tenants.has(tid)) return true;
    if (tenants.size >= MOST_TENANTS) return false;
    tenants.add(tid);
    return true;
  };
}

function decodeJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const errorSchema = z.looseObject({ name: z.string().optional(), statusCode: z.number().optional() });
const TOKEN_ERRORS = new Set(['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError', 'SyntaxError']);

function authenticationFault(cause: unknown): AppError {
  const parsed = errorSchema.safeParse(cause);
  const { name = '', statusCode = 0 } = parsed.success ? parsed.data : {};
  if (statusCode === 401 || statusCode === 403 || TOKEN_ERRORS.has(name)) return untrusted(cause);
  return new AppError('CHANNEL_UNAVAILABLE', 'The token of a Teams request could not be checked now.', {
    retryable: true,
    cause,
  });
}

function untrusted(cause?: unknown): AppError {
  return new AppError('UNTRUSTED_REQUEST', 'The token of the Teams request does not verify.', { cause });
}

const checking = new AsyncLocalStorage<true>();
let isHushed = false;

/** botbuilder prints to the console what it also throws, keys and stacks on several lines, past the log. */
function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (!isHushed) {
    isHushed = true;
    const write = console.error;
    console.error = (...words: readonly unknown[]) => {
      if (checking.getStore() === undefined) write(...words);
    };
  }
  return checking.run(true, work);
}
