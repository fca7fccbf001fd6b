import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';

const require = createRequire(import.meta.url);
const PROGRAM = require.resolve('@microsoft/m365agentsplayground/cli.js');
/** What the Playground calls every bot. */
const BOT_NAME = 'Test Bot';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

/** The real Microsoft 365 Agents Playground, as a person in the personal chat uses it. */
export interface Playground {
  /** Its page, for what the rest does not cover. */
  readonly page: Page;
  /** What the bot has written into the chat that is open, in order, one element a message. */
  readonly botMessages: Locator;
  /** Types a message into the chat and sends it. */
  say(text: string): Promise<void>;
  /** Sends one of the entries of "Mock an Activity", with what its dialog proposes. */
  mock(entry: string): Promise<void>;
  /**
   * Sends an activity that its page has no other way to make, from the person and in the chat that are open.
   * @param fields what it has beyond those, its type among them
   */
  sendActivity(fields: Readonly<Record<string, unknown>>): Promise<void>;
  /** Closes the browser and ends the program. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts the Playground on a free port against a bot and opens its page in headless Chromium. Nothing is asked of the
 * network: telemetry is off and every address but this machine's is blocked.
 * @param endpoint the bot's `…/api/messages`
 */
export async function openPlayground(endpoint: string): Promise<Playground> {
  const program = await startProgram(endpoint);
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await end(program);
  };
  try {
    browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_ARGS] });
    const page = await openPage(browser, program.address);
    return { page, botMessages: botMessages(page), ...actions(page), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Program {
  readonly child: ChildProcess;
  /** It writes its settings where it is started. */
  readonly cwd: string;
}

async function startProgram(endpoint: string): Promise<Program & { readonly address: string }> {
  const port = await freePort();
  const cwd = mkdtempSync(join(tmpdir(), 'orienta-playground-'));
  const child = spawn(
    process.execPath,
    [PROGRAM, '-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'],
    // Without a display and with BROWSER=none its `open` call starts nothing.
    { cwd, env: { ...process.env, BROWSER: 'none', DISPLAY: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output += String(chunk);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void =>
        reject(new Error(`The Playground did not start: ${why}\n${output}`));
      const timer = setTimeout(() => fail(`no sign of life in ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
      child.once('exit', (code) => fail(`it ended with ${code}`));
      child.stdout?.on('data', (chunk) => {
        output += String(chunk);
        if (!output.includes(`Listening on ${port}`)) return;
        clearTimeout(timer);
        resolve();
      });
    });
  } catch (error) {
    await end({ child, cwd });
    throw error;
  }
  return { child, cwd, address: `http://127.0.0.1:${port}/` };
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
  await page.route(
    (url) => url.hostname !== '127.0.0.1' && url.hostname !== 'localhost',
    (route) => route.abort(),
  );
  await page.goto(address);
  await page.getByRole('textbox').waitFor();
  return page;
}

function botMessages(page: Page): Locator {
  const author = page.getByLabel('Message author').filter({ hasText: BOT_NAME });
  return page.locator('div:has(> [aria-label="Message header"])').filter({ has: author });
}

function actions(page: Page): Pick<Playground, 'say' | 'mock' | 'sendActivity'> {
  const openMock = async (entry: string): Promise<void> => {
    await page.getByText('Mock an Activity', { exact: true }).click();
    await page
      .locator('[role=menuitem]')
      .filter({ hasText: new RegExp(`^${entry}$`) })
      .click();
  };
  const sendMock = (): Promise<void> =>
    page.locator('[role=dialog] button').filter({ hasText: 'Send activity' }).click();
  return {
    say: async (text) => {
      await page.getByRole('textbox').click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    mock: async (entry) => {
      await openMock(entry);
      await sendMock();
    },
    sendActivity: async (fields) => {
      await openMock('Custom activity');
      const editor = page.locator('[role=dialog] .monaco-editor');
      await editor.locator('.view-lines').getByText('"type"').waitFor();
      await editor.locator('textarea').focus();
      // Its last two lines are the type, which is to be said, and the closing bracket.
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.press('Shift+ArrowUp');
      await page.keyboard.insertText(JSON.stringify(fields).slice(1));
      // The editor closes quotes and brackets by itself, behind what was written.
      await page.keyboard.press('ControlOrMeta+Shift+End');
      await page.keyboard.press('Delete');
      await sendMock();
    },
  };
}

async function end({ child, cwd }: Program): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }
  rmSync(cwd, { recursive: true, force: true });
}

/** The Playground takes no 0 and falls back silently to another port when one is taken. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
