import type { ClientOptions } from 'whatsapp-web.js';
import type { ChildOptions } from '../protocol.ts';
import { KeptProfile } from './profile.ts';

/** One number, one session: another id at each start would lose it. */
const CLIENT_ID = 'orienta';

/** Codes come about every 20 s; the gateway stops earlier when nobody looks. */
const MOST_QR_CODES = 90;

/** How whatsapp-web.js is started. Nothing of it comes from anywhere but WhatsApp, or the given folder. */
export function clientOptions(options: ChildOptions): ClientOptions {
  return {
    authStrategy: new KeptProfile({ clientId: CLIENT_ID, dataPath: options.sessionDir }),
    ...(options.webVersion === undefined
      ? { webVersionCache: { type: 'none' } }
      : {
          webVersion: options.webVersion,
          webVersionCache: { type: 'local', path: options.webCacheDir, strict: true },
        }),
    authTimeoutMs: 60_000,
    qrMaxRetries: MOST_QR_CODES,
    // The gateway's lease lets one process have the number: whoever else is there is a tab that was left open.
    takeoverOnConflict: true,
    takeoverTimeoutMs: 10_000,
    puppeteer: {
      executablePath: options.chromePath,
      // Through a pipe Chromium ends with this process, even when that is killed; a port may be open beside it.
      args: ['--remote-debugging-pipe', ...options.chromeArgs],
      pipe: true,
      headless: !options.chromeArgs.some((arg) => arg.startsWith('--headless')),
      defaultViewport: null,
      // This process ends its browser itself, cleanly.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      protocolTimeout: 60_000,
    },
  };
}
