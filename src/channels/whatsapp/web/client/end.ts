import type { Client } from 'whatsapp-web.js';
import { withDeadline } from './deadline.ts';

/** Chromium writes its profile down in this time; what it has not closed by then is killed. */
const CLOSE_MS = 5_000;

/** Closes the browser, or kills it with all its processes. Resolves in any case. */
export async function closeBrowser(client: Client, closeMs = CLOSE_MS): Promise<void> {
  const pid = client.pupBrowser?.process()?.pid;
  const isClosed = await withDeadline(client.destroy(), closeMs, () => new Error('late')).then(
    () => true,
    () => false,
  );
  if (isClosed || pid === undefined) return;
  // Puppeteer starts it as leader of its own group.
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}
