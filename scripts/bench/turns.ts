import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openAssistant } from '../../src/assistant.ts';
import type { ConversationId } from '../../src/channels/channel.ts';
import { createTurnHandler } from '../../src/conversation/turn-handler.ts';
import type { HandleTurn } from '../../src/conversation/turn-worker.ts';
import { speaks } from '../../src/knowledge/knowledge.ts';
import { createLog } from '../../src/log.ts';
import { knowledgeDir } from '../../src/paths.ts';
import { prepareIndex } from '../../src/prepare-index.ts';
import { parseDataKeys } from '../../src/storage/data-keys.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/sql-store.ts';
import { type BenchedCore, startCore } from './durable-core.ts';

/*
 * Whole turns through the durable core, from a message handed in to its reply handed over: first at a fixed rate, for
 * what one person waits, then as many as it carries. The questions are the knowledge's own, in Spanish.
 * node dist/scripts/bench/turns.js [--seconds 10] [--rate 100] [--database postgres://…] [--handler real|echo]
 * [--profile FILE]
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    /** Turns a second of the first part. */
    rate: { type: 'string', default: '100' },
    talks: { type: 'string', default: '200' },
    /** People who wait at once in the second part. */
    writers: { type: 'string', default: '32' },
    turns: { type: 'string', default: '8' },
    deliveries: { type: 'string', default: '4' },
    handler: { type: 'string', default: 'real' },
    database: { type: 'string' },
    /** Where to write a CPU profile of the second part. */
    profile: { type: 'string' },
    /** Only makes database and index in this folder. */
    prepare: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const dataDir = values.prepare ?? mkdtempSync(join(tmpdir(), 'orienta-bench-'));

async function main(): Promise<void> {
  // A later start is what is measured: another process makes database and index.
  if (values.prepare === undefined)
    execFileSync(process.execPath, [...process.argv.slice(1), '--prepare', dataDir]);
  const database = await openDatabase({ databaseUrl: values.database, dataDir, log: createLog('error') });
  if (values.prepare !== undefined) {
    await prepareIndex(knowledgeDir, dataDir);
    return database.close();
  }
  // Always the same, so that one server's database serves many runs.
  const keys = parseDataKeys(`bench:${Buffer.alloc(32, 1).toString('base64')}`);
  const store = await openStore({ database, keys });
  const { handle, questions } = await handler();
  const limits = { turns: Number(values.turns), deliveries: Number(values.deliveries) };
  const core = startCore(store, handle, limits);
  const ask = asker(core, questions);
  const memory = watchMemory();
  await saturate(ask, 2);
  const steady = await measure(() => atRate(ask, Number(values.rate), seconds));
  memory.begin();
  const sustained = await profiled(() => measure(() => saturate(ask, seconds)));
  const used = memory.end();
  await core.stop();
  const left = (await store.inbox.openCount()) + (await store.outbox.openCount());
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
  const load = loadavg()[0]?.toFixed(1);
  print(`${database.kind}, ${values.handler} handler, machine load ${load}, left open ${left}`);
  print(`at ${values.rate} turns/s: ${waits(steady)}`);
  print(`as many as it carries: ${rate(sustained)} turns/s, ${waits(sustained)}, ${cpu(sustained)}`);
  print(`resident ${used.median} MB in the middle, ${used.peak} MB at most`);
}

/** The gateway's own handler, or one that only answers: what the core alone costs. */
async function handler(): Promise<{ readonly handle: HandleTurn; readonly questions: readonly string[] }> {
  const assistant = await openAssistant({
    knowledgeDir,
    dataDir,
    baseUrl: () => 'http://127.0.0.1:3978',
    now: () => new Date(),
  });
  const units = [...assistant.knowledge.units.values()].filter(speaks);
  const questions = units.flatMap((unit) => unit.questions.es ?? []);
  if (values.handler === 'real') return { handle: createTurnHandler(assistant.handle), questions };
  const text = 'Puede tramitar su pasaporte en cualquier delegación; lleve su DPI y la boleta. '.repeat(4);
  const reply = {
    kind: 'answer',
    language: 'es',
    blocks: [{ kind: 'paragraph', text }],
    citations: [],
  } as const;
  const handle: HandleTurn = async ({ messages: [message] }) => ({
    reply: { ...reply, inReplyTo: message.platformId },
    masked: [message.text],
    context: '{"topic":"pasaporte","language":"es"}',
    sensitive: false,
  });
  return { handle, questions };
}

function asker(core: BenchedCore, questions: readonly string[]): () => Promise<number> {
  let asked = 0;
  return () => {
    asked += 1;
    const talk = 50_200_000_000 + (asked % Number(values.talks));
    // Steps through all questions in an order that jumps between units.
    const question = questions[(asked * 7) % questions.length] ?? '';
    return core.ask(`whatsapp:${talk}@c.us` as ConversationId, question); // brand
  };
}

type Ask = () => Promise<number>;

async function atRate(ask: Ask, perSecond: number, during: number): Promise<readonly number[]> {
  const all: Promise<number>[] = [];
  const from = performance.now();
  while (performance.now() - from < during * 1_000) {
    while (all.length < ((performance.now() - from) / 1_000) * perSecond) all.push(ask());
    await sleep(1);
  }
  return Promise.all(all);
}

async function saturate(ask: Ask, during: number): Promise<readonly number[]> {
  const taken: number[] = [];
  const end = performance.now() + during * 1_000;
  const writers = Array.from({ length: Number(values.writers) }, async () => {
    while (performance.now() < end) taken.push(await ask());
  });
  await Promise.all(writers);
  return taken;
}

interface Measured {
  /** How long each turn took, in ms, shortest first. */
  readonly taken: readonly number[];
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function measure(work: () => Promise<readonly number[]>): Promise<Measured> {
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
  const taken = await work();
  const { user, system } = process.cpuUsage(cpuFrom);
  return {
    taken: taken.toSorted((a, b) => a - b),
    wallMs: performance.now() - from,
    cpuMs: (user + system) / 1_000,
  };
}

function watchMemory(): { begin(): void; end(): { readonly median: number; readonly peak: number } } {
  const all: number[] = [];
  let begun = 0;
  const timer = setInterval(() => all.push(Math.round(process.memoryUsage.rss() / 1e6)), 100);
  return {
    begin() {
      begun = all.length;
    },
    end() {
      clearInterval(timer);
      const during = all.slice(begun).toSorted((a, b) => a - b);
      return { median: during[during.length >> 1] ?? 0, peak: Math.max(...all) };
    },
  };
}

async function profiled<T>(work: () => Promise<T>): Promise<T> {
  if (values.profile === undefined) return work();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const result = await work();
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(values.profile, JSON.stringify(profile));
  return result;
}

function waits({ taken }: Measured): string {
  const at = (share: number): string => (taken[Math.floor(taken.length * share)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

function rate({ taken, wallMs }: Measured): number {
  return Math.round(taken.length / (wallMs / 1_000));
}

function cpu({ taken, cpuMs }: Measured): string {
  return `${(cpuMs / taken.length).toFixed(2)} ms of this process's CPU a turn`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
