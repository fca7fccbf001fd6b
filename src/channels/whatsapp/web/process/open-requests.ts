import { DoorError, type Refusal } from '../door-error.ts';

/** How a request is made. */
export interface AskOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: DoorError): void;
}

/** The requests to a child that have no answer yet, by number. */
export class OpenRequests {
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /** @returns its number, and its answer or why there is none */
  open({ timeoutMs, signal }: AskOptions): { readonly request: number; readonly answer: Promise<unknown> } {
    const request = ++this.#last;
    const timer = setTimeout(() => this.refuse(request, 'timeout'), timeoutMs);
    const onAbort = (): void => this.refuse(request, 'aborted');
    signal?.addEventListener('abort', onAbort, { once: true });
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
    }).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    });
    return { request, answer };
  }

  answer(request: number, value: unknown): void {
    this.#close(request)?.resolve(value);
  }

  refuse(request: number, why: Refusal): void {
    this.#close(request)?.reject(new DoorError(why));
  }

  refuseAll(why: Refusal): void {
    for (const request of [...this.#waiting.keys()]) this.refuse(request, why);
  }

  /** An answer that comes too late meets nobody. */
  #close(request: number): Waiting | undefined {
    const found = this.#waiting.get(request);
    this.#waiting.delete(request);
    return found;
  }
}
