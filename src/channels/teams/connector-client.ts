import { AsyncLocalStorage } from 'node:async_hooks';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { deliveryFault, refusalFault } from './delivery-fault.ts';

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
/** What carries the requests of botbuilder's connector. */
type HttpClient = NonNullable<ConnectorOptions['httpClient']>;

/** The requests of botbuilder's connector, each under the signal of the delivery that it belongs to. */
export interface ConnectorClient {
  readonly httpClient: HttpClient;
  /** Runs work whose requests end when the signal says so: what has not left by then never leaves. */
  under<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/**
 * botbuilder's own client takes no signal and repeats refused requests by itself, for minutes: a message that was given
 * up, and put back to be tried again, would then arrive twice. Through this one a request is made once; what Teams
 * refuses is thrown as it is, and whoever holds the delivery decides when to try again.
 */
export function createConnectorClient(now: () => Date): ConnectorClient {
  const signals = new AsyncLocalStorage<AbortSignal>();
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const signal = signals.getStore();
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers.rawHeaders(),
        ...(typeof request.body === 'string' ? { body: request.body } : {}),
        // The bearer token is for the address that was asked, not for another one.
        redirect: 'manual',
        ...(signal === undefined ? {} : { signal }),
      }).catch((cause: unknown) => {
        throw deliveryFault(cause);
      });
      const body = await response.text().catch((cause: unknown) => {
        throw deliveryFault(cause);
      });
      if (!response.ok) {
        const { status, headers } = response;
        throw refusalFault({ status, retryAfter: headers.get('retry-after'), body }, now());
      }
      const headers = request.headers.clone();
      for (const { name } of headers.headersArray()) headers.remove(name);
      for (const [name, value] of response.headers) headers.set(name, value);
      return { request, headers, status: response.status, bodyAsText: body };
    },
  };
  return { httpClient, under: (signal, work) => signals.run(signal, work) };
}
