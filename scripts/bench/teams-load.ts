import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadKnowledge } from '../../src/knowledge/load-knowledge.ts';
import { knowledgeDir, packageRoot } from '../../src/paths.ts';

/*
 * Messages posted at a fixed rate to /api/messages of the whole process, as Teams posts them, and the replies counted
 * where Teams would take them: how long an acknowledgement takes, and whether each message is answered once.
 * node dist/scripts/bench/teams-load.js [--rate 200] [--seconds 30] [--talks 600]
 */

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
    /** Personal chats among which the messages are spread. */
    talks: { type: 'string', default: '600' },
    /** Seconds to wait for replies after the last message. */
    patience: { type: 'string', default: '120' },
  },
});
const rate = Number(values.rate);
const total = rate * Number(values.seconds);
const talks = Number(values.talks);

const activitySchema = z.looseObject({ type: z.string(), replyToId: z.string().optional() });

async function main(): Promise<void> {
  const { units } = await loadKnowledge(knowledgeDir);
  const questions = [...units.values()].flatMap((unit) => unit.questions.es);
  const answered = new Map<string, number>();
  const teams = await startTeams((id) => answered.set(id, (answered.get(id) ?? 0) + 1));
  const orienta = await startOrienta();
  // One question first, so that what is made once is not counted.
  await post(orienta.url, activity(teams.url, 'warm', 0, questions[0] ?? ''));
  await sleep(3_000);
  const ackMs: number[] = [];
  let refused = 0;
  const begun = performance.now();
  const posts = Array.from({ length: total }, async (_, index) => {
    await sleep((index * 1_000) / rate);
    const sent = performance.now();
    const text = questions[index % questions.length] ?? '';
    const status = await post(orienta.url, activity(teams.url, `m${index}`, index % talks, text));
    ackMs.push(performance.now() - sent);
    if (status !== 200) refused += 1;
  });
  await Promise.all(posts);
  const postedMs = performance.now() - begun;
  const until = performance.now() + Number(values.patience) * 1_000;
  while (answered.size < total && performance.now() < until) await sleep(250);
  const answeredMs = performance.now() - begun;
  await sleep(2_000);
  answered.delete('warm');
  const twice = [...answered.values()].filter((times) => times > 1).length;
  process.stdout.write(
    [
      `${total} messages in ${(postedMs / 1_000).toFixed(1)} s (${rate}/s), machine load ${loadavg()[0]?.toFixed(1)}`,
      `acknowledged: p50 ${quantile(ackMs, 0.5)} ms, p99 ${quantile(ackMs, 0.99)} ms, most ${quantile(ackMs, 1)} ms; refused ${refused}`,
      `answered ${answered.size} after ${(answeredMs / 1_000).toFixed(1)} s; missing ${total - answered.size}, more than once ${twice}`,
      '',
    ].join('\n'),
  );
  await orienta.stop();
  teams.close();
}

function quantile(numbers: readonly number[], part: number): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(1);
}

/** A personal message in the shape in which the Agents Playground posts it. */
function activity(serviceUrl: string, id: string, talk: number, text: string): object {
  return {
    ...{ type: 'message', id, channelId: 'msteams', serviceUrl, text, locale: 'es-GT' },
    from: {
      id: `29:person-${talk}`,
      name: 'P',
      aadObjectId: `00000000-0000-0000-0000-${String(talk).padStart(12, '0')}`,
    },
    recipient: { id: '28:orienta', name: 'Orienta' },
    conversation: { id: `a:talk-${talk}`, conversationType: 'personal', tenantId: 'bench' },
    timestamp: new Date().toISOString(),
  };
}

function post(url: string, body: object): Promise<number> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    asking.on('error', reject);
    asking.end(text);
  });
}

/** Takes what the bot sends. */
async function startTeams(onReply: (id: string) => void): Promise<{ readonly url: string; close(): void }> {
  let count = 0;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const read = activitySchema.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}')).data;
      if (read?.type === 'message' && read.replyToId !== undefined) onReply(read.replyToId);
      count += 1;
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ id: `r${count}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = z.object({ port: z.number() }).parse(server.address()).port;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function startOrienta(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'orienta-teams-load-'));
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/main.js')], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', ADMIN_PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let welcome = '';
  child.stdout.on('data', (chunk: Buffer) => {
    welcome += chunk.toString('utf8');
  });
  let address: string | undefined;
  while (address === undefined) {
    address = /Chat: +(http:\/\/[\d.]+:\d+)/.exec(welcome)?.[1];
    if (child.exitCode !== null) throw new Error('Orienta did not start');
    await sleep(50);
  }
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: `${address}/api/messages`, stop };
}

await main();
