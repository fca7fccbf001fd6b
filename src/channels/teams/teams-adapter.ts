import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder';
import { type Authentication, createAuthentication, type TeamsCredentials } from './authentication.ts';
import { type ConnectorClient, createConnectorClient } from './connector-client.ts';
import type { StoredReference } from './conversation-references.ts';
import { deliveryFault } from './delivery-fault.ts';

/** What goes out: a message or a typing sign. */
export type OutboundActivity = Partial<Activity>;

/** What the adapter is told beside its credentials. */
interface AdapterOptions {
  /** How long a delivery may take. */
  readonly sendTimeoutMs: number;
  readonly now: () => Date;
}

/** While nobody's identity is checked botbuilder still wants a name to write under. */
const NO_APP = 'local';

/** botbuilder, as little of it as Orienta needs: prove who calls, and write into a conversation. */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string;
  readonly #sendTimeoutMs: number;
  readonly #client: ConnectorClient;
  readonly #authentication: Authentication;

  constructor(credentials: TeamsCredentials, { sendTimeoutMs, now }: AdapterOptions) {
    const client = createConnectorClient(now);
    const authentication = createAuthentication(credentials, client);
    super(authentication.botbuilder);
    this.#appId = credentials.MicrosoftAppId ?? NO_APP;
    this.#sendTimeoutMs = sendTimeoutMs;
    this.#client = client;
    this.#authentication = authentication;
  }

  /**
   * Checks the caller's token against the activity, where there are credentials.
   * @throws {AppError} `UNTRUSTED_REQUEST` when it does not verify; `CHANNEL_UNAVAILABLE` (retryable) when it cannot be
   * checked now
   */
  authenticate(authorization: string, activity: Activity): Promise<void> {
    return this.#authentication.check(authorization, activity);
  }

  /**
   * Writes activities into a conversation, in order, outside of any request.
   * @returns the platform's ids, one an activity
   * @throws {AppError} `UNREACHABLE_PERSON`, `RATE_LIMITED`, or `CHANNEL_UNAVAILABLE`; the last two are retryable. A
   * delivery that took too long is cut off: nothing of it leaves later
   */
  async deliver(
    reference: StoredReference,
    activities: readonly OutboundActivity[],
    signal?: AbortSignal,
  ): Promise<readonly string[]> {
    const ids: string[] = [];
    await this.#write(reference, signal, async (context, stop) => {
      for (const activity of activities) {
        stop.throwIfAborted();
        ids.push((await context.sendActivity(activity))?.id ?? '');
      }
    });
    return ids;
  }

  /**
   * Puts another activity in the place of one that was written before.
   * @throws {AppError} as {@link deliver}
   */
  async update(
    reference: StoredReference,
    id: string,
    activity: OutboundActivity,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#write(reference, signal, async (context) => {
      await context.updateActivity({ ...activity, id });
    });
  }

  async #write(
    reference: StoredReference,
    signal: AbortSignal | undefined,
    work: (context: TurnContext, stop: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const timeout = AbortSignal.timeout(this.#sendTimeoutMs);
    const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const writing = this.#client.under(stop, () =>
      this.continueConversationAsync(this.#appId, reference, (context) => work(context, stop)),
    );
    try {
      // Fetching a token takes no signal; the message behind it is not sent any more.
      await Promise.race([writing, whenAborted(stop)]);
    } catch (cause) {
      throw deliveryFault(cause);
    }
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
