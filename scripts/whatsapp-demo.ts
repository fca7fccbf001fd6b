import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../src/paths.ts';
import { servePhone, startWhatsAppStandIn } from '../test/support/whatsapp-stand-in/index.ts';

/*
 * Tries the assistant on WhatsApp without a phone or an account: the real Orienta, whatsapp-web.js and Chromium, with a
 * stand-in for WhatsApp's page. What is written by hand in the phone that it opens reaches Orienta as a message would.
 * npm run whatsapp:demo. Everything is kept in a temporary folder and is gone at the end.
 */

const PHONE = join(packageRoot, 'test/support/whatsapp-stand-in/phone');
/** The first start makes the database and the index. */
const FIRST_START_MS = 5 * 60_000;
const dataDir = mkdtempSync(join(tmpdir(), 'orienta-demo-'));
const whatsapp = await startWhatsAppStandIn();
const people = [
  whatsapp.phonePerson('50255550101', 'Ana'),
  whatsapp.lidPerson('90000000001', undefined, 'Número oculto'),
  whatsapp.phonePerson('50255550103', 'Luis'),
];
const phone = await servePhone(whatsapp, people, PHONE);
const orienta = startOrienta();

console.log(`Teléfono de prueba: ${phone.address}\nCtrl+C termina el ensayo.`);
linkWheneverAsked().catch(() => undefined);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(orienta, 'exit')]);
await end(orienta);
await phone.close();
await whatsapp.close();
rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
process.exit();

function startOrienta(): ChildProcess {
  const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
  return spawn(process.execPath, ['--enable-source-maps', main], {
    cwd: dataDir,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', ADMIN_PORT: '0', ...whatsapp.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Nobody has to read the first QR; after a logout it is the menu of the phone that links again. */
async function linkWheneverAsked(): Promise<void> {
  await whatsapp.untilLinking(FIRST_START_MS);
  await whatsapp.scanQr();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
