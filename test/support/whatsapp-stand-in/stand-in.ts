import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../../src/paths.ts';
import { type Account, accountOf } from './account.ts';
import { linkBrowser } from './browser-link.ts';
import { buildPage, writePage } from './build-page.ts';
import { type Phones, phonesOf } from './phones.ts';
import { Server } from './server.ts';

/** WhatsApp, as Orienta and the people who write to it meet it. */
export interface WhatsAppStandIn extends Phones, Account {
  /** The `webVersion` to ask for. */
  readonly version: string;
  /** The folder that holds the page. */
  readonly cacheDir: string;
  /** Chromium options by which the page is reached, and nothing beyond this machine. */
  readonly chromeArgs: readonly string[];
  /** Variables that make Orienta use the stand-in. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const VERSION = '2.3000.1';
const PAGE = join(packageRoot, 'test/support/whatsapp-stand-in/page');
/** As often as WhatsApp renews a QR. */
const REF_MS = 20_000;

/** Starts the servers; a browser may come and go. */
export async function startWhatsAppStandIn(): Promise<WhatsAppStandIn> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'orienta-whatsapp-page-'));
  writePage(PAGE, cacheDir, VERSION);
  const server = new Server();
  const port = await freePort();
  const link = linkBrowser(port, buildPage(PAGE, VERSION), server);
  server.tell = link.tell;
  const renewing = setInterval(() => {
    if (server.line === 'linking') void link.tell({ type: 'ref', ref: server.devices.renewRef() });
  }, REF_MS).unref();
  const chromeArgs = ['--no-sandbox', `--remote-debugging-port=${port}`, '--proxy-server=127.0.0.1:9'];
  return {
    ...phonesOf(server),
    ...accountOf(server, link),
    version: VERSION,
    cacheDir,
    chromeArgs,
    env: {
      WHATSAPP_ENABLED: 'true',
      WHATSAPP_WEB_VERSION: VERSION,
      WHATSAPP_WEB_CACHE_DIR: cacheDir,
      WHATSAPP_CHROME_ARGS: chromeArgs.join(' '),
    },
    close: async () => {
      clearInterval(renewing);
      await link.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}

/** Chromium is told a port, so that it is the same after a restart. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
