import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../../../../log.ts';
import { DoorError } from '../door-error.ts';
import { type FromChild, fromChildSchema, type ToChild } from '../protocol.ts';
import { type AskOptions, OpenRequests } from './open-requests.ts';

type WithoutNumber<Request> = Request extends unknown ? Omit<Request, 'request'> : never;
/** A request before it has its number. */
export type Ask = WithoutNumber<ToChild>;

/** What the child tells by itself. */
export type Told = Exclude<FromChild, { type: 'done' | 'failed' }>;

/** The gateway's end of the IPC channel to one child. */
export class ProcessLink {
  readonly pid: number | undefined;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #onTold: (told: Told) => void;
  readonly #log: Logger;
  readonly #requests = new OpenRequests();
  #isGone = false;

  constructor(child: ChildProcess, onTold: (told: Told) => void, log: Logger) {
    this.#child = child;
    this.#onTold = onTold;
    this.#log = log;
    this.pid = child.pid;
    child.on('message', (raw: unknown) => this.#hear(raw));
    child.on('disconnect', () => this.#leave());
    this.ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      // A process that could not be started never exits.
      child.on('error', () => child.pid === undefined && resolve());
    }).then(() => this.#leave());
  }

  /**
   * @returns the value that the child gives
   * @throws {DoorError} what it refused, or no answer in time, or the child is gone
   */
  async ask(what: Ask, options: AskOptions): Promise<unknown> {
    if (this.#isGone) throw new DoorError('gone');
    if (options.signal?.aborted === true) throw new DoorError('aborted');
    const { request, answer } = this.#requests.open(options);
    this.#child.send({ ...what, request }, (error) => {
      if (error !== null) this.#requests.refuse(request, 'gone');
    });
    return answer;
  }

  #hear(raw: unknown): void {
    const parsed = fromChildSchema.safeParse(raw);
    if (!parsed.success) {
      this.#log.warn('the WhatsApp process said what is not understood');
      return;
    }
    const said = parsed.data;
    if (said.type === 'done') this.#requests.answer(said.request, said.value);
    else if (said.type === 'failed') this.#requests.refuse(said.request, said.code);
    else this.#onTold(said);
  }

  #leave(): void {
    this.#isGone = true;
    this.#requests.refuseAll('gone');
  }
}
