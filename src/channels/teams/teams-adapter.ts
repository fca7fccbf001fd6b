import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { AppError } from '../../errors.ts';
import type { StoredReference } from './conversation-references.ts';
import { deliveryFault } from './delivery-fault.ts';

/** The settings of the Azure Bot; all unset while only the Agents Playground calls. */
export type TeamsCredentials = Pick<
  Config,
  'MicrosoftAppId' | 'MicrosoftAppPassword' | 'MicrosoftAppType' | 'MicrosoftAppTenantId'
>;

/** What goes out: a message or a typing sign. */
export type OutboundActivity = Partial<Activity>;

/** botbuilder, as little of it as Orienta needs: prove who calls, and write into a conversation. */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string;
  readonly #sendTimeoutMs: number;

  constructor(credentials: TeamsCredentials, options: { readonly sendTimeoutMs: number }) {
    super(new ConfigurationBotFrameworkAuthentication(authenticationOptions(credentials)));
    this.#appId = credentials.MicrosoftAppId ?? '';
    this.#sendTimeoutMs = options.sendTimeoutMs;
  }

  /**
   * Checks the caller's token against the activity, where there are credentials, then runs `onTrusted`.
   * botbuilder's own `process` would send the text of any error to the caller.
   * @returns the HTTP status for the platform
   * @throws {AppError} `UNTRUSTED_REQUEST` when the token does not verify; `CHANNEL_UNAVAILABLE` when it cannot be
   * checked now. What `onTrusted` throws is thrown as it is.
   */
  async receive(authorization: string, activity: Activity, onTrusted: () => Promise<void>): Promise<number> {
    const turn: { outcome: 'untrusted' | 'done' | { readonly error: unknown } } = { outcome: 'untrusted' };
    const run = async (): Promise<void> => {
      try {
        await onTrusted();
        turn.outcome = 'done';
      } catch (error) {
        turn.outcome = { error };
      }
    };
    const response = await this.processActivity(authorization, activity, run).catch((cause: unknown) => {
      throw authenticationFault(cause);
    });
    if (typeof turn.outcome === 'object') throw turn.outcome.error;
    return response?.status ?? 200;
  }

  /**
   * Writes activities into a conversation, in order, outside of any request.
   * @returns the platform's ids, one an activity
   * @throws {AppError} `UNREACHABLE_PERSON`, `RATE_LIMITED`, or `CHANNEL_UNAVAILABLE`; the last two are retryable
   */
  async deliver(
    reference: StoredReference,
    activities: readonly OutboundActivity[],
    signal?: AbortSignal,
  ): Promise<readonly string[]> {
    const timeout = AbortSignal.timeout(this.#sendTimeoutMs);
    const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const ids: string[] = [];
    const write = this.continueConversationAsync(this.#appId, reference, async (context) => {
      for (const activity of activities) {
        stop.throwIfAborted();
        ids.push((await context.sendActivity(activity))?.id ?? '');
      }
    });
    try {
      // botbuilder's connector takes no signal: a call under way is left behind, the next one is not begun.
      await Promise.race([write, whenAborted(stop)]);
    } catch (cause) {
      throw deliveryFault(cause);
    }
    return ids;
  }
}

/** botbuilder tells "unset" by a key that is not there. */
function authenticationOptions(credentials: TeamsCredentials): Record<string, string> {
  if (credentials.MicrosoftAppId === undefined) return {};
  const options = {
    MicrosoftAppId: credentials.MicrosoftAppId,
    MicrosoftAppPassword: credentials.MicrosoftAppPassword?.reveal(),
    MicrosoftAppType: credentials.MicrosoftAppType,
    MicrosoftAppTenantId: credentials.MicrosoftAppTenantId,
  };
  return Object.fromEntries(
    Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

const errorSchema = z.looseObject({ name: z.string().optional(), statusCode: z.number().optional() });
const TOKEN_ERRORS = new Set(['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError', 'SyntaxError']);

function authenticationFault(cause: unknown): AppError {
  const parsed = errorSchema.safeParse(cause);
  const { name = '', statusCode = 0 } = parsed.success ? parsed.data : {};
  if (statusCode === 401 || statusCode === 403 || TOKEN_ERRORS.has(name)) {
    return new AppError('UNTRUSTED_REQUEST', 'The token of the Teams request does not verify.', { cause });
  }
  return new AppError('CHANNEL_UNAVAILABLE', 'The token of a Teams request could not be checked now.', {
    retryable: true,
    cause,
  });
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
