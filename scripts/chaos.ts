import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { createLog } from '../src/log.ts';
import { openDatabase } from '../src/storage/database.ts';
import { startLoad, startPlatform } from './chaos/platform.ts';

/*
 * Kills the durable core with SIGKILL at random moments under load and proves that nothing acknowledged was lost.
 * node dist/scripts/chaos.js [--kills 20] [--talks 12] [--gateways 1] [--database postgres://…]
 * What was acknowledged and what was delivered is noted in this process, which is never killed.
 */

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    talks: { type: 'string', default: '12' },
    gateways: { type: 'string', default: '1' },
    database: { type: 'string' },
  },
});
const kills = Number(values.kills);
const DRAIN_WITHIN_MS = 60_000;
const AT_WORK = 0.8;
const dataDir = mkdtempSync(join(tmpdir(), 'orienta-chaos-'));
const platform = await startPlatform();

interface Gateway {
  child: ChildProcess;
  url: string | undefined;
}

async function startGateway(gateway: { child?: ChildProcess; url: string | undefined }): Promise<Gateway> {
  const script = fileURLToPath(new URL('./chaos/gateway.js', import.meta.url));
  const database = values.database === undefined ? [] : [values.database];
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', script, dataDir, platform.url, ...database],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const started: Gateway = Object.assign(gateway, { child });
  started.url = undefined;
  child.stdout.on('data', (chunk) => {
    if (started.child === child) started.url = `http://127.0.0.1:${String(chunk).trim()}`;
  });
  return started;
}

async function ready(gateway: Gateway): Promise<void> {
  while (gateway.url === undefined) await sleep(50);
}

const gateways: Gateway[] = [];
for (let index = 0; index < Number(values.gateways); index += 1) {
  const gateway = await startGateway({ url: undefined });
  gateways.push(gateway);
  await ready(gateway);
}
const anyGateway = (): string | undefined => {
  const urls = gateways.map(({ url }) => url).filter((url) => url !== undefined);
  return urls[Math.floor(Math.random() * urls.length)];
};
const load = startLoad(Number(values.talks), anyGateway);

for (let kill = 1; kill <= kills; kill += 1) {
  // Most strike a gateway at work, however slow the machine starts it; some strike while it starts.
  if (Math.random() < AT_WORK) await Promise.all(gateways.map(ready));
  await sleep(100 + Math.random() * 1_900);
  const victim = gateways[Math.floor(Math.random() * gateways.length)];
  if (victim === undefined) break;
  victim.url = undefined;
  victim.child.kill('SIGKILL');
  await once(victim.child, 'exit');
  await startGateway(victim);
}
await Promise.all(gateways.map(ready));
await sleep(1_000);
await load.stop();

const acknowledged = [...load.acknowledged.values()].flat();
const reached = (): number => {
  const ids = new Set(platform.delivered.map(({ replyTo }) => replyTo));
  return acknowledged.filter((id) => ids.has(id)).length;
};
const drainFrom = Date.now();
while (reached() < acknowledged.length && Date.now() - drainFrom < DRAIN_WITHIN_MS) await sleep(100);
const drainedMs = Date.now() - drainFrom;
for (const { child } of gateways) {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
platform.stop();

const lost = acknowledged.length - reached();
const firsts = [
  ...new Map(platform.delivered.toReversed().map((one) => [one.replyTo, one])).values(),
].toReversed();
const repeated = platform.delivered.length - firsts.length;
let outOfOrder = 0;
for (const conversation of load.acknowledged.keys()) {
  const numbers = firsts
    .filter(({ to }) => to === conversation)
    .map(({ replyTo }) => Number(replyTo.split('#')[1]));
  outOfOrder += numbers.filter((number, index) => index > 0 && number <= (numbers[index - 1] ?? -1)).length;
}
const wrong = await messagesWithoutOneReply();
rmSync(dataDir, { recursive: true, force: true });
// A run in which hardly anything was accepted proves nothing.
const good =
  acknowledged.length >= 10 * kills && lost === 0 && repeated <= kills && outOfOrder === 0 && wrong === 0;
process.stdout.write(
  `${JSON.stringify({ kills, accepted: acknowledged.length, lost, repeated, outOfOrder, withoutOneReply: wrong, drainedMs })}\n`,
);
process.exit(good ? 0 : 1);

/** Asks the database itself: messages that have no stored reply, or more than one. */
async function messagesWithoutOneReply(): Promise<number> {
  const database = await openDatabase({ databaseUrl: values.database, dataDir, log: createLog('error') });
  const { rows } = await sql<{ wrong: number }>`
    select count(*)::int as wrong from inbox i
    where (select count(*) from outbox o where o.message = i.id) <> 1`.execute(database.sql);
  await database.close();
  return rows[0]?.wrong ?? -1;
}
