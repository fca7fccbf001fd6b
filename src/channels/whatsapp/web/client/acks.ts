/** How far a message got: a server has it, it was given up, or neither within the time. */
export type AckOutcome = 'sent' | 'failed' | 'no-ack';

/** Waits for the server's receipt of messages. */
export interface Acks {
  /** An event told how far a message got; below 0 it was given up, from 1 on a server has it. */
  heard(id: string, ack: number): void;
  wait(id: string, ack: number, ms: number): Promise<AckOutcome>;
}

const POLL_MS = 1_000;

/**
 * @param read how far a message got, by the page; events are missed when the page is busy. May fail
 */
export function createAcks(read: (id: string) => Promise<number | null>, pollMs = POLL_MS): Acks {
  const waiting = new Map<string, (ack: number) => void>();
  const wait = (id: string, ack: number, ms: number): Promise<AckOutcome> =>
    new Promise((resolve) => {
      const settle = (outcome: AckOutcome): void => {
        clearInterval(poll);
        clearTimeout(deadline);
        waiting.delete(id);
        resolve(outcome);
      };
      const hear = (reached: number): void => {
        if (reached >= 1) settle('sent');
        else if (reached < 0) settle('failed');
      };
      const look = (): void =>
        void read(id).then(
          (reached) => hear(reached ?? 0),
          () => undefined,
        );
      const poll = setInterval(look, pollMs);
      const deadline = setTimeout(() => settle('no-ack'), ms);
      waiting.set(id, hear);
      hear(ack);
    });
  return { heard: (id, ack) => waiting.get(id)?.(ack), wait };
}
