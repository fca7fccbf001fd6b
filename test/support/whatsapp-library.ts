import { type Client as LibraryClient, default as library } from 'whatsapp-web.js';
import { findChromium } from './chromium.ts';
import type { WhatsAppStandIn } from './whatsapp-stand-in/index.ts';

const { Client, LocalAuth } = library;

/** whatsapp-web.js as its documentation starts it, and what it has said. */
export interface Library {
  readonly client: LibraryClient;
  /** Names of its events, in order. */
  readonly said: readonly string[];
  /** Waits for the next event of a name, also one that has been said but not been asked for yet. */
  next(event: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

const EVENTS = [
  'qr',
  'code',
  'authenticated',
  'ready',
  'message',
  'message_create',
  'message_ack',
  'message_edit',
  'message_revoke_everyone',
  'message_reaction',
  'message_ciphertext',
  'call',
  'change_state',
  'disconnected',
] as const;
const WAIT_MS = 20_000;

/** Starts the library on the stand-in; resolves before anybody is logged in. */
export function openLibrary(
  whatsapp: WhatsAppStandIn,
  dataPath: string,
  options: { readonly pairWithPhoneNumber?: { readonly phoneNumber: string } } = {},
): Library {
  const client = new Client({
    authStrategy: new LocalAuth({ clientId: 'test', dataPath }),
    webVersion: whatsapp.version,
    webVersionCache: { type: 'local', path: whatsapp.cacheDir, strict: true },
    puppeteer: { executablePath: findChromium(), headless: true, args: [...whatsapp.chromeArgs] },
    ...options,
  });
  const said: string[] = [];
  const waiting = new Map<string, readonly unknown[][]>();
  const wakers = new Set<() => void>();
  for (const event of EVENTS) {
    client.on(event, (...args: unknown[]) => {
      said.push(event);
      waiting.set(event, [...(waiting.get(event) ?? []), args]);
      for (const wake of [...wakers]) wake();
    });
  }
  const take = (event: string): readonly unknown[] | undefined => {
    const [first, ...rest] = waiting.get(event) ?? [];
    waiting.set(event, rest);
    return first;
  };
  const next = (event: string): Promise<readonly unknown[]> =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        const args = take(event);
        if (args === undefined) return;
        clearTimeout(timer);
        wakers.delete(done);
        resolve(args);
      };
      const timer = setTimeout(() => {
        wakers.delete(done);
        reject(new Error(`no ${event} within ${WAIT_MS} ms; said: ${said.join(' ')}`));
      }, WAIT_MS);
      wakers.add(done);
      done();
    });
  keepRejectionsIn(client);
  // A browser that closes early makes it reject; what was said tells the test.
  client.initialize().catch(() => undefined);
  return {
    client,
    said,
    next,
    close: () => client.destroy(),
  };
}

/** It injects its script anew after each navigation, and nobody there waits for how that ends. */
function keepRejectionsIn(client: LibraryClient): void {
  const inject: () => Promise<void> = Reflect.get(client, 'inject');
  Object.assign(client, { inject: () => inject.call(client).catch(() => undefined) });
}
