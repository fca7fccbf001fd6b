import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../../../log.ts';
import { DoorError } from './door-error.ts';
import { type FromChild, fromChildSchema, type ToChild } from './protocol.ts';

type WithoutNumber<Request> = Request extends unknown ? Omit<Request, 'request'> : never;
/** A request before it has its number. */
export type Ask = WithoutNumber<ToChild>;

/** What the child tells by itself. */
export type Told = Exclude<FromChild, { type: 'done' | 'failed' }>;

/** How a request is made. */
export interface AskOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The gateway's end of the IPC channel to one child. */
export interface ProcessLink {
  readonly pid: number | undefined;
  /**
   * @returns the value that the child gives
   * @throws {DoorError} what it refused, or no answer in time, or the child is gone
   */
  ask(what: Ask, options: AskOptions): Promise<unknown>;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: DoorError): void;
}

export function linkProcess(child: ChildProcess, onTold: (told: Told) => void, log: Logger): ProcessLink {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let isGone = false;
  const answered = (request: number): Waiting | undefined => {
    const found = waiting.get(request);
    waiting.delete(request);
    return found;
  };

  child.on('message', (raw: unknown) => {
    const parsed = fromChildSchema.safeParse(raw);
    if (!parsed.success) return log.warn('the WhatsApp process said what is not understood');
    const said = parsed.data;
    if (said.type === 'done') answered(said.request)?.resolve(said.value);
    else if (said.type === 'failed') answered(said.request)?.reject(new DoorError(said.code));
    else onTold(said);
  });
  const refuseAll = (): void => {
    isGone = true;
    for (const request of [...waiting.keys()]) answered(request)?.reject(new DoorError('gone'));
  };
  child.on('disconnect', refuseAll);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    // A process that could not be started never exits.
    child.on('error', () => child.pid === undefined && resolve());
  }).then(refuseAll);

  return {
    pid: child.pid,
    ended,
    ask: (what, { timeoutMs, signal }) =>
      new Promise((resolve, reject) => {
        if (isGone || signal?.aborted === true) return reject(new DoorError(isGone ? 'gone' : 'aborted'));
        const request = ++last;
        const fail = (why: 'timeout' | 'aborted' | 'gone') => () =>
          answered(request)?.reject(new DoorError(why));
        const timer = setTimeout(fail('timeout'), timeoutMs);
        const onAbort = fail('aborted');
        const settle = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
        };
        waiting.set(request, {
          resolve: (value) => {
            settle();
            resolve(value);
          },
          reject: (error) => {
            settle();
            reject(error);
          },
        });
        signal?.addEventListener('abort', onAbort, { once: true });
        child.send({ ...what, request }, (error) => error !== null && fail('gone')());
      }),
  };
}
