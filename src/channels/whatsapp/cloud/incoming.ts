import { AppError } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { Receive, SenderName } from '../../channel.ts';
import type { TakeMessage } from '../message.ts';
import type { PersonEvent, WebhookEvent } from './read-webhook.ts';
import type { DeliveryStatus } from './receipts.ts';
import { createRecent } from './recent.ts';

/** Everything that comes in. */
export interface Incoming {
  /**
   * Hands in what a webhook tells: of one person in its order, of several side by side.
   * @throws {AppError} when anything of it could not be kept, or not in time: the platform is to send it all again, and
   * what was kept is not handed in twice
   */
  take(events: readonly WebhookEvent[], receive: Receive): Promise<void>;
  /** Resolves when nothing is being handed in any more, or has hung for as long as Meta would wait. */
  settled(): Promise<void>;
}

/** What the incoming side is made from. */
export interface IncomingParts {
  readonly take: TakeMessage;
  readonly forget: (id: string) => Promise<unknown>;
  readonly amend: (id: string, text: string) => Promise<unknown>;
  readonly alias: (names: readonly [SenderName, ...SenderName[]]) => Promise<unknown>;
  readonly noteStatus: (status: DeliveryStatus) => void;
  /** Told of each message that was kept and will be answered. */
  readonly onTaken: (id: string, chat: string) => void;
  readonly now: () => Date;
  readonly takeMs: number;
  readonly log: Logger;
}

/** Meta repeats a webhook for seven days; the store knows older repeats. */
const SEEN = { most: 20_000, ttlMs: 24 * 3_600_000 };

/** @returns the incoming side; it starts nothing by itself */
export function createIncoming(parts: IncomingParts): Incoming {
  /** What was handed in, or is being: a repeat that comes meanwhile waits for the same end. */
  const seen = createRecent<Promise<void>>({ ...SEEN, now: parts.now });
  const underWay = new Set<Promise<unknown>>();

  const takeOnce = (event: PersonEvent, receive: Receive): Promise<void> => {
    const before = seen.get(event.id);
    if (before !== undefined) return before;
    const taking = takeEvent(parts, event, receive).catch((error: unknown) => {
      seen.delete(event.id);
      throw error;
    });
    seen.set(event.id, taking);
    return taking;
  };
  const takeInOrder = async (
    events: readonly PersonEvent[],
    receive: Receive,
  ): Promise<readonly unknown[]> => {
    const failures: unknown[] = [];
    for (const event of events) {
      await takeOnce(event, receive).catch((error: unknown) => failures.push(error));
    }
    return failures;
  };

  return {
    take: async (events, receive) => {
      for (const event of events) noteEvent(parts, event);
      const taking = Promise.all(byPerson(events).map((theirs) => takeInOrder(theirs, receive)));
      underWay.add(taking);
      const failures = await within(
        taking.finally(() => underWay.delete(taking)),
        parts.takeMs,
      );
      throwWorst(failures.flat());
    },
    settled: async () => {
      await within(Promise.all(underWay), parts.takeMs).catch(() => undefined);
    },
  };
}

async function takeEvent(parts: IncomingParts, event: PersonEvent, receive: Receive): Promise<void> {
  switch (event.kind) {
    case 'message':
      await parts.take(event.message, receive);
      if (event.message.body.kind !== 'reaction') parts.onTaken(event.id, event.chat);
      return;
    case 'revoked':
      await parts.forget(event.original);
      return;
    case 'edited':
      await parts.amend(event.original, event.text);
      return;
    case 'renamed':
      await parts.alias(event.names);
      return;
  }
}

function byPerson(events: readonly WebhookEvent[]): readonly (readonly PersonEvent[])[] {
  const people = new Map<string, PersonEvent[]>();
  for (const event of events) {
    if ('chat' in event) people.set(event.chat, [...(people.get(event.chat) ?? []), event]);
  }
  return [...people.values()];
}

function noteEvent({ noteStatus, log }: IncomingParts, event: WebhookEvent): void {
  if (event.kind === 'status') noteStatus(event.status);
  if (event.kind === 'fault') log.warn({ code: event.code }, 'whatsapp: Meta tells of a fault');
  if (event.kind === 'skipped') log.warn({ why: event.why }, 'whatsapp: part of a webhook was left out');
}

/** One that may succeed later decides: then the platform is asked to repeat. */
function throwWorst(failures: readonly unknown[]): void {
  const retryable = failures.find((error) => error instanceof AppError && error.retryable);
  if (retryable !== undefined) throw retryable;
  const [first] = failures;
  if (first !== undefined) throw first;
}

async function within<Value>(work: Promise<Value>, limitMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): AppError {
  return new AppError('CHANNEL_UNAVAILABLE', 'What came from WhatsApp could not be kept in time.', {
    retryable: true,
  });
}
