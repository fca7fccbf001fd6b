import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Activity, TurnContext } from 'botbuilder';
import { AppError } from '../../errors.ts';
import type { Audience } from '../../knowledge/unit.ts';
import type { Logger } from '../../log.ts';
import type { ConversationId, Receive } from '../channel.ts';
import { MAX_MESSAGE_LENGTH } from '../message-limit.ts';
import { hasAttachment, type InboundActivity, isInstall, isOwnEcho, isUninstall } from './activity.ts';
import type { ConversationReferences, StoredReference } from './conversation-references.ts';
import { errorFacts } from './error-facts.ts';
import type { Outgoing } from './outgoing.ts';
import { plainText } from './plain-text.ts';
import { createRecentKeys } from './recent-keys.ts';
import { apology, GREETING, NO_TEXT, ONLY_ATTACHMENT, TOO_LONG } from './texts.ts';

// Teams repeats what was not acknowledged within 15 s, and retries for minutes, not hours.
const REPEAT_WINDOW_MS = 60 * 60_000;
// One installation comes as two activities, milliseconds apart in the Playground, seconds in Teams.
const INSTALL_WINDOW_MS = 60_000;
const MOST_KEYS = 10_000;

/**
 * Takes one activity of a caller that has been trusted. Once it resolves the activity may be acknowledged: what could
 * not be done is logged, and the person got an apology.
 * @throws {AppError} retryable, when it could not be kept now: the platform is to send it again, and nobody was told
 */
export type TakeActivity = (activity: InboundActivity, raw: Activity, receive: Receive) => Promise<void>;

/** What the incoming side is made from. */
export interface IncomingParts {
  readonly outgoing: Outgoing;
  readonly references: ConversationReferences;
  readonly audience: Audience;
  readonly log: Logger;
  readonly now: () => Date;
  /** Forgets what a message said, by the platform's id, because its writer deleted it. */
  readonly forget: (id: string) => Promise<unknown>;
  /** How long keeping an activity may take; after that the platform is asked to send it again. */
  readonly takeMs: number;
}

/** The story of one activity: ours or seen before? → keep where it came from → greet, hand in, or say what is missing. */
export function createTakeActivity(parts: IncomingParts): TakeActivity {
  const { references, log, now, takeMs } = parts;
  const seen = createRecentKeys({ most: MOST_KEYS, ttlMs: REPEAT_WINDOW_MS, now });
  const greeted = createRecentKeys({ most: MOST_KEYS, ttlMs: INSTALL_WINDOW_MS, now });

  const take = async (
    activity: InboundActivity,
    conversation: ConversationId,
    reference: StoredReference,
    receive: Receive,
  ): Promise<void> => {
    if (isUninstall(activity)) {
      greeted.forget(conversation);
      return references.delete(conversation);
    }
    await references.set(conversation, reference);
    if (activity.type === 'messageDelete') {
      await parts.forget(activity.id ?? '');
    } else if (activity.type === 'message') {
      await takeMessage(activity, conversation, reference, receive, parts);
    } else if (isInstall(activity) && greeted.claim(conversation)) {
      parts.outgoing.say(reference, GREETING);
    }
  };

  return async (activity, raw, receive) => {
    const conversation = conversationId(activity);
    // A deletion bears the id of the message that it deletes.
    const key =
      typeof activity.id === 'string' ? `${activity.type} ${conversation} ${activity.id}` : undefined;
    if (isOwnEcho(activity) || (key !== undefined && seen.has(key))) return;
    const reference = TurnContext.getConversationReference(raw);
    try {
      await withinTime(take(activity, conversation, reference, receive), takeMs);
    } catch (error) {
      if (error instanceof AppError && error.retryable) throw error;
      // Not botbuilder's onTurnError: it would also swallow the failures of what Orienta sends by itself.
      const caseId = randomUUID().slice(0, 8);
      log.error({ case: caseId, type: activity.type, ...errorFacts(error) }, 'teams activity not taken');
      if (activity.type === 'message') parts.outgoing.say(reference, apology(caseId));
    }
    // Only now: a repeat that overtakes the first one must not be acknowledged for it.
    if (key !== undefined) seen.claim(key);
  };
}

async function takeMessage(
  activity: InboundActivity,
  conversation: ConversationId,
  reference: StoredReference,
  receive: Receive,
  { outgoing, audience, now }: IncomingParts,
): Promise<void> {
  const text = plainText(activity);
  if (text === '') {
    outgoing.say(reference, hasAttachment(activity) ? ONLY_ATTACHMENT : NO_TEXT);
    return;
  }
  if (text.length > MAX_MESSAGE_LENGTH) {
    outgoing.say(reference, TOO_LONG);
    return;
  }
  outgoing.showTyping(conversation, reference);
  const id = activity.id ?? '';
  const from = activity.from?.aadObjectId ?? activity.from?.id;
  await receive({
    channel: 'teams',
    id,
    conversation,
    ...(from === undefined ? {} : { from }),
    audience,
    text,
    receivedAt: now(),
  });
}

/** Work that has not ended in time goes on by itself; whoever waits for it learns that it may be asked for again. */
async function withinTime(work: Promise<void>, ms: number): Promise<void> {
  const done = new AbortController();
  const late = sleep(ms, undefined, { ref: false, signal: done.signal }).then(() => {
    throw new AppError('CHANNEL_UNAVAILABLE', `A Teams activity was not kept within ${ms} ms.`, {
      retryable: true,
    });
  });
  await Promise.race([work, late]).finally(() => done.abort());
}

/** The platform's own id, which the stored reference is kept under; threads of a channel each have their own. */
function conversationId(activity: InboundActivity): ConversationId {
  return `teams:${activity.conversation.id}` as ConversationId;
}
