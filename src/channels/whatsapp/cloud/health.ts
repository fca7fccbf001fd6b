import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { ChannelStatus } from '../../channel.ts';
import { accountFault, checkFault, OUT_OF_REACH } from './account-fault.ts';
import { GraphRefusal } from './graph-refusal.ts';

/** Whether Meta lets Orienta send. Messages come in meanwhile, whatever it says. */
export interface Health {
  /**
   * Asks for the number, and goes on without the answer when it takes long. Never rejects: what is wrong shows in the
   * status and is asked again.
   */
  start(): Promise<void>;
  /** Hears of a failed call: a refusal of the whole account takes the channel down until the number answers again. */
  failed(error: unknown): void;
  /** Hears that a message was taken. */
  worked(): void;
  status(): ChannelStatus;
  stop(): void;
}

/** What it is made from. */
export interface HealthParts {
  readonly check: () => Promise<void>;
  readonly log: Logger;
  /** How long the start waits for the first answer, in ms. */
  readonly startMs: number;
  /** Waits between checks while the channel is down, in ms. */
  readonly retry: { readonly firstMs: number; readonly longestMs: number };
}

/** @returns the channel's health, off until it is started */
export function createHealth({ check, log, startMs, retry }: HealthParts): Health {
  let status: ChannelStatus = { state: 'off', reason: 'not started' };
  /** Since a message was last taken: the number may answer while its sending is barred. */
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  const isOff = (): boolean => status.state === 'off';

  const goDown = (reason: string, error: unknown): void => {
    const code = error instanceof GraphRefusal ? error.graphCode : undefined;
    log.error({ error: errorCode(error), code }, 'whatsapp: Meta does not let Orienta send');
    status = { state: 'down', reason };
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), Math.min(retry.firstMs * 2 ** failures, retry.longestMs)).unref();
    failures += 1;
  };
  const ask = async (): Promise<void> => {
    try {
      await check();
      if (isOff()) return;
      if (status.state === 'down') log.info('whatsapp: the number answers again');
      status = { state: 'ready' };
    } catch (error) {
      if (!isOff()) goDown(reasonOf(error), error);
    }
  };

  return {
    start: async () => {
      status = { state: 'starting' };
      await Promise.race([ask(), sleep(startMs, undefined, { ref: false })]);
    },
    failed: (error) => {
      const reason = error instanceof GraphRefusal ? accountFault(error) : undefined;
      if (reason !== undefined && !isOff()) goDown(reason, error);
    },
    worked: () => {
      failures = 0;
    },
    status: () => status,
    stop: () => {
      clearTimeout(timer);
      status = { state: 'off', reason: 'not started' };
    },
  };
}

function reasonOf(error: unknown): string {
  return (error instanceof GraphRefusal ? checkFault(error) : undefined) ?? OUT_OF_REACH;
}
