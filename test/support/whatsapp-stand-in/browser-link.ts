import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { PageEvent, PageRequest } from './wire.ts';

/** The way between the world and the page, whatever browser shows it at the moment. */
export interface BrowserLink {
  /** Tells the page something; nothing when there is no page. */
  tell(event: PageEvent): Promise<void>;
  /** Ends the page's renderer, as running out of memory does. */
  crashPage(): Promise<void>;
  /** The page's script stops answering for good. */
  hangPage(): void;
  /** Sends SIGKILL to the browser. */
  killBrowser(): Promise<void>;
  /** @returns undefined while none runs */
  browserPid(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** What the world does with a page's requests. */
interface Handling {
  handle(request: PageRequest): Promise<unknown>;
  /** The page, or the browser under it, is gone. */
  gone(): void;
}

/** What one browser was heard and told through. */
interface Session {
  readonly browser: Browser;
  page: Page | undefined;
  told: Promise<void>;
}

const RETRY_MS = 50;

/**
 * Watches a debugging port and takes hold of each browser that comes up there, one after the other.
 * @param html what is served where the page goes after a logout, an address that the library does not answer itself
 */
export function linkBrowser(port: number, html: string, handling: Handling): BrowserLink {
  let session: Session | undefined;
  let isClosed = false;
  const watching = (async () => {
    while (!isClosed) {
      session = await attach(port, html, handling);
      if (session === undefined) await sleep(RETRY_MS);
      else await ended(session.browser);
      if (session !== undefined) handling.gone();
      session = undefined;
    }
  })();
  return {
    tell: async (event) => session && tell(session, event),
    crashPage: async () => session?.page && crash(session.page),
    hangPage: () => void session?.page?.evaluate('for (;;);').catch(() => undefined),
    killBrowser: async () => {
      const pid = await pidOf(session?.browser);
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    },
    browserPid: () => pidOf(session?.browser),
    close: async () => {
      isClosed = true;
      await session?.browser.close().catch(() => undefined);
      await watching;
    },
  };
}

async function attach(port: number, html: string, handling: Handling): Promise<Session | undefined> {
  const address = `http://127.0.0.1:${port}`;
  try {
    await fetch(`${address}/json/version`);
    const browser = await chromium.connectOverCDP(address);
    const context = browser.contexts()[0];
    if (context === undefined) return undefined;
    const session: Session = { browser, page: undefined, told: Promise.resolve() };
    await context.route(/^https:\/\/web\.whatsapp\.com\/\?/, (route) =>
      route.fulfill({ contentType: 'text/html', body: html }),
    );
    await context.exposeBinding('standInWorld', async ({ page }, request: PageRequest) => {
      if (request.type === 'hello') adopt(session, page, handling);
      return handling.handle(request);
    });
    return session;
  } catch {
    return undefined;
  }
}

function adopt(session: Session, page: Page, handling: Handling): void {
  if (session.page === page) return;
  session.page = page;
  page.on('crash', () => handling.gone());
}

function tell(session: Session, event: PageEvent): Promise<void> {
  session.told = session.told.then(async () => {
    // A page that is going away hears nothing; the next one is told when it says hello.
    await session.page
      ?.evaluate(`void window.standIn.receive(${JSON.stringify(event)})`)
      .catch(() => undefined);
  });
  return session.told;
}

async function crash(page: Page): Promise<void> {
  const debugging = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  debugging.send('Page.crash').catch(() => undefined);
  await crashed;
}

async function pidOf(browser: Browser | undefined): Promise<number | undefined> {
  if (browser === undefined) return undefined;
  const debugging = await browser.newBrowserCDPSession();
  const { processInfo } = await debugging.send('SystemInfo.getProcessInfo');
  return processInfo.find((info) => info.type === 'browser')?.id;
}

function ended(browser: Browser): Promise<void> {
  return new Promise((resolve) => {
    if (!browser.isConnected()) resolve();
    browser.once('disconnected', () => resolve());
  });
}
