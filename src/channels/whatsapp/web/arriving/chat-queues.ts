/** Work of one chat in the order in which it came, chats side by side. */
export interface ChatQueues {
  /** The work does not reject. */
  add(chat: string, work: () => Promise<void>): void;
  /** Begun and waiting. */
  readonly size: number;
  /** Resolves when nothing is left. */
  idle(): Promise<void>;
  /** Forgets what has not begun. */
  drop(): void;
}

/** @param atOnce most chats at work */
export function createChatQueues(atOnce: number): ChatQueues {
  const queues = new Map<string, (() => Promise<void>)[]>();
  const busy = new Set<string>();
  const waiters: (() => void)[] = [];
  let size = 0;

  const next = (): void => {
    for (const [chat, queue] of queues) {
      if (busy.size >= atOnce) return;
      if (!busy.has(chat)) run(chat, queue);
    }
    if (size === 0) for (const resolve of waiters.splice(0)) resolve();
  };
  const run = (chat: string, queue: (() => Promise<void>)[]): void => {
    const work = queue.shift();
    if (work === undefined) return void queues.delete(chat);
    busy.add(chat);
    void work().finally(() => {
      busy.delete(chat);
      size -= 1;
      if (queue.length === 0) queues.delete(chat);
      next();
    });
  };

  return {
    add: (chat, work) => {
      size += 1;
      const queue = queues.get(chat) ?? [];
      queue.push(work);
      queues.set(chat, queue);
      next();
    },
    get size() {
      return size;
    },
    idle: () => (size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    drop: () => {
      size = busy.size;
      queues.clear();
    },
  };
}
