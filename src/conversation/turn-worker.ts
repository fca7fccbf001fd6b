import type { Reply } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { errorCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import { caseNumber } from '../storage/dead-letters.ts';
import type { ClaimedTurn, TurnOutcome } from '../storage/inbox.ts';
import type { Store } from '../storage/store.ts';
import { type BackOff, waitMs } from './back-off.ts';
import type { Measures } from './measures.ts';
import { persist } from './persist.ts';
import { encodeReply } from './reply-codec.ts';
import { createWorkPool, type WorkPool } from './work-pool.ts';

/** What a turn comes to. */
export interface TurnResult {
  /** Undefined when nothing goes back. */
  readonly reply: Reply | undefined;
  /** The turn's messages with personal data masked, in their order; null keeps no text. */
  readonly masked: readonly (string | null)[];
  /** What the next turn of the talk is to remember. */
  readonly context?: string | undefined;
  /** True for turns about refuge or danger. */
  readonly sensitive: boolean;
  /** Messages of their own that follow the reply, in this order, each once for its `onceKey`. */
  readonly after?: readonly ResultAfter[];
  /** The person wants no more nudges, or wants them again. */
  readonly stop?: 'stop' | 'resume';
  /** Everything of the person is erased as the turn closes; the reply still goes out, what comes `after` does not. */
  readonly erasePerson?: boolean;
}

/** What follows a reply, such as the notice of the first contact. */
export interface ResultAfter {
  readonly kind: 'notice';
  readonly reply: Reply;
  /** Names the occasion. It is kept as an HMAC only, so it may hold the conversation's address. */
  readonly onceKey: string;
}

/** Works out one turn. It may run twice for one turn, when the first run was cut off; only one result counts. */
export type HandleTurn = (turn: ClaimedTurn, signal: AbortSignal) => Promise<TurnResult>;

/** What a turn worker works with. */
export interface TurnWorkerParts {
  readonly store: Store;
  readonly handle: HandleTurn;
  /** What a person is told when their message could not be answered. */
  readonly apologise: (turn: ClaimedTurn, caseNumber: string) => Reply;
  /** Called when a reply waits to be delivered. */
  readonly onReply: () => void;
  readonly clock: Clock;
  /** 0 ≤ random() < 1 */
  readonly random: () => number;
  readonly log: Logger;
  readonly measures?: Measures;
  readonly concurrency: number;
  /** While it is true one is done at a time. */
  readonly givesWay?: () => boolean;
  readonly leaseMs?: number;
  readonly pollMs?: number;
  readonly backOff?: BackOff;
}

const MOST_FAILURES = 3;
/** A turn that ends its process leaves no failure behind; after so many starts it counts as failed all the same. */
const MOST_CLAIMS = 10;
const BACK_OFF: BackOff = { firstMs: 500, longestMs: 10_000 };

/** Takes turns from the inbox, works them out, and closes them with their reply in the outbox. */
export function createTurnWorker(parts: TurnWorkerParts): WorkPool {
  const { store, leaseMs = 30_000, pollMs = 500, concurrency, log } = parts;
  return createWorkPool<ClaimedTurn>(
    {
      name: 'turns',
      claim: (limit) => store.inbox.claim({ limit, leaseMs }),
      work: (turn, signal) => runTurn(parts, turn, signal, leaseMs),
      renew: (turn) => store.inbox.renew(turn, leaseMs),
      release: (turn) => store.inbox.release(turn),
      describe: ({ id, channel }) => ({ turn: id, channel }),
    },
    { concurrency, givesWay: parts.givesWay, leaseMs, pollMs, log },
  );
}

async function runTurn(
  parts: TurnWorkerParts,
  turn: ClaimedTurn,
  signal: AbortSignal,
  leaseMs: number,
): Promise<void> {
  const { store, handle, clock, log, measures } = parts;
  const about = { turn: turn.id, channel: turn.channel };
  if (turn.claims > MOST_CLAIMS) return giveUp(parts, turn, leaseMs);
  const started = clock.now().getTime();
  let result: TurnResult;
  let handleMs: number;
  try {
    result = await handle(turn, signal);
    handleMs = clock.now().getTime() - started;
  } catch (error) {
    // The lease is lost or given back: the turn is somebody else's now, and this is no failure of it.
    if (signal.aborted) return;
    log.error({ ...about, failures: turn.failures + 1, error: errorCode(error) }, 'turn failed');
    return fail(parts, turn, leaseMs);
  }
  const kind = result.reply?.kind ?? 'silent';
  const outcome = outcomeOf(result, kind);
  const closed = await persist(() => store.inbox.close(turn, outcome), leaseMs);
  if (!closed) return log.warn(about, 'turn was taken over or its message deleted');
  const sinceReceivedMs = clock.now().getTime() - turn.messages[0].receivedAt.getTime();
  measures?.turnClosed({ channel: turn.channel, kind, handleMs, sinceReceivedMs });
  log.info({ ...about, kind, ms: handleMs }, 'turn closed');
  if (result.reply !== undefined || result.after !== undefined) parts.onReply();
}

function outcomeOf({ reply, after = [], ...rest }: TurnResult, kind: string): TurnOutcome {
  return {
    ...rest,
    kind,
    urgent: reply?.kind === 'emergency',
    reply: reply === undefined ? null : encodeReply(reply),
    after: after.map(({ reply: following, ...about }) => ({ ...about, payload: encodeReply(following) })),
  };
}

async function fail(parts: TurnWorkerParts, turn: ClaimedTurn, leaseMs: number): Promise<void> {
  const { store, clock, random, backOff = BACK_OFF } = parts;
  const failures = turn.failures + 1;
  if (failures >= MOST_FAILURES) return giveUp(parts, turn, leaseMs);
  const retryAt = new Date(clock.now().getTime() + waitMs(backOff, failures, random()));
  await persist(() => store.inbox.fail(turn, retryAt), leaseMs);
  parts.measures?.turnFailed({ channel: turn.channel, outcome: 'retried' });
}

async function giveUp(parts: TurnWorkerParts, turn: ClaimedTurn, leaseMs: number): Promise<void> {
  const { store, apologise, onReply, log, measures } = parts;
  const apology = encodeReply(apologise(turn, caseNumber(turn.id)));
  if (!(await persist(() => store.inbox.giveUp(turn, apology), leaseMs))) return;
  measures?.turnFailed({ channel: turn.channel, outcome: 'dead' });
  log.error({ turn: turn.id, channel: turn.channel, case: caseNumber(turn.id) }, 'turn given up');
  onReply();
}
