import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ChatMessage,
  type ChildOptions,
  type ClientState,
  type FromChild,
  fromChildSchema,
  type ToChild,
} from '#src/channels/whatsapp/web/protocol.ts';
import { packageRoot } from '#src/paths.ts';

type WithoutNumber<Request> = Request extends unknown ? Omit<Request, 'request'> : never;
type Answer = Extract<FromChild, { type: 'done' | 'failed' }>;
type Told<Type extends FromChild['type']> = Extract<FromChild, { type: Type }>;

/** The compiled child, with the gateway's end of its channel. */
export interface RunningChild {
  readonly process: ChildProcess;
  readonly pid: number;
  ask(request: WithoutNumber<ToChild>): Promise<Answer>;
  told<Type extends FromChild['type']>(type: Type): readonly Told<Type>[];
  /** Waits until it has told something of this type that fits. */
  until<Type extends FromChild['type']>(
    type: Type,
    fits?: (told: Told<Type>) => boolean,
    timeoutMs?: number,
  ): Promise<Told<Type>>;
  untilState(state: ClientState): Promise<void>;
  /** Waits for the message of this id. */
  message(id: string): Promise<ChatMessage>;
  /** Waits for its end. @returns the exit code, or the signal that ended it */
  ended(): Promise<number | string | null>;
}

const PATIENCE_MS = 45_000;

export function startChild(options: ChildOptions): RunningChild {
  const child = fork(
    join(packageRoot, 'dist/src/channels/whatsapp/web/child.js'),
    [JSON.stringify(options)],
    {
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'] },
      // As the gateway starts it.
      detached: true,
    },
  );
  const all: FromChild[] = [];
  const exit = once(child, 'exit');
  child.on('message', (raw) => all.push(fromChildSchema.parse(raw)));
  let last = 0;
  const told = <Type extends FromChild['type']>(type: Type): readonly Told<Type>[] =>
    all.filter((one): one is Told<Type> => one.type === type);
  const until: RunningChild['until'] = async (type, fits = () => true, timeoutMs = PATIENCE_MS) => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = told(type).find(fits);
      if (found !== undefined) return found;
      const facts = all.filter((one) => one.type === 'state' || one.type === 'log').slice(-6);
      if (Date.now() > deadline) throw new Error(`no such ${type} in time: ${JSON.stringify(facts)}`);
      await sleep(25);
    }
  };
  return {
    process: child,
    pid: child.pid ?? 0,
    told,
    until,
    ask: async (request) => {
      const number = ++last;
      child.send({ ...request, request: number });
      const isAnswer = (one: FromChild): one is Answer =>
        (one.type === 'done' || one.type === 'failed') && one.request === number;
      const deadline = Date.now() + PATIENCE_MS;
      while (Date.now() < deadline) {
        const answer = all.find(isAnswer);
        if (answer !== undefined) return answer;
        await sleep(10);
      }
      throw new Error(`no answer to ${request.type}`);
    },
    untilState: async (state) => {
      await until('state', () => told('state').at(-1)?.state === state);
    },
    message: async (id) => (await until('message', ({ message }) => message.id === id)).message,
    ended: async () => {
      const [code, signal] = await exit;
      return code ?? signal;
    },
  };
}

/** Waits until no process of a browser has this folder open. */
export async function untilNoBrowser(folder: string, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (browsersOf(folder).length > 0) {
    if (Date.now() > deadline) throw new Error(`Chromium still runs: ${browsersOf(folder).join(' ')}`);
    await sleep(50);
  }
}

export function browsersOf(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && commandOf(pid).includes(`--user-data-dir=${folder}`));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
