import { randomUUID } from 'node:crypto';
import { type Activity, TurnContext } from 'botbuilder';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Receive } from '../channel.ts';
import { MAX_MESSAGE_LENGTH } from '../message-limit.ts';
import type { Access } from './access.ts';
import {
  hasAttachment,
  type InboundActivity,
  isAddressed,
  isInstall,
  isOwnEcho,
  isUninstall,
} from './activity.ts';
import { type ConversationReferences, conversationOf } from './conversation-references.ts';
import { errorFacts } from './error-facts.ts';
import type { Inbound, InvokeAnswer, TakeAside, TakeInvoke } from './inbound.ts';
import type { Outgoing } from './outgoing.ts';
import { plainText } from './plain-text.ts';
import { createRecentKeys } from './recent-keys.ts';
import { createRefuse } from './refuse-stranger.ts';
import { apology, GREETING, NO_TEXT, ONLY_ATTACHMENT, TOO_LONG } from './texts.ts';
import { withinTime } from './within-time.ts';

// Teams repeats what was not acknowledged within 15 s, and retries for minutes, not hours.
const REPEAT_WINDOW_MS = 60 * 60_000;
// One installation comes as two activities, milliseconds apart in the Playground, seconds in Teams.
const INSTALL_WINDOW_MS = 60_000;
const MOST_KEYS = 10_000;

const TAKEN: InvokeAnswer = { status: 200 };
const UNKNOWN_INVOKE: InvokeAnswer = { status: 501 };
const FAILED_INVOKE: InvokeAnswer = { status: 500 };

/**
 * Takes one activity of a caller that has been trusted. Once it resolves the activity may be acknowledged, with what it
 * gives: what could not be done is logged, and the person got an apology.
 * @throws {AppError} retryable, when it could not be kept now: the platform is to send it again, and nobody was told
 */
export type TakeActivity = (
  activity: InboundActivity,
  raw: Activity,
  receive: Receive,
) => Promise<InvokeAnswer>;

/** What the incoming side is made from. */
export interface IncomingParts {
  readonly outgoing: Outgoing;
  readonly references: ConversationReferences;
  readonly access: Access;
  readonly log: Logger;
  readonly now: () => Date;
  /** Forgets what a message said, by the platform's id, because its writer deleted it. */
  readonly forget: (id: string) => Promise<unknown>;
  /** Asked in this order for the answer to an invoke. */
  readonly invokes: readonly TakeInvoke[];
  /** Asked in this order whether a message is theirs. */
  readonly asides: readonly TakeAside[];
  /** Where whoever may not write here can ask. */
  readonly publicUrl: string | undefined;
  /** How long keeping an activity may take; after that the platform is asked to send it again. */
  readonly takeMs: number;
}

/**
 * The story of one activity: ours or seen before? → may they write? → keep where it came from → greet, answer, hand in,
 * or say what is missing.
 */
export function createTakeActivity(parts: IncomingParts): TakeActivity {
  const { references, outgoing, access, log, now, takeMs } = parts;
  const seen = createRecentKeys({ most: MOST_KEYS, ttlMs: REPEAT_WINDOW_MS, now });
  const greeted = createRecentKeys({ most: MOST_KEYS, ttlMs: INSTALL_WINDOW_MS, now });
  const refuse = createRefuse(parts);

  const take = async (inbound: Inbound, receive: Receive): Promise<InvokeAnswer> => {
    const { activity, conversation, reference } = inbound;
    if (isUninstall(activity)) {
      greeted.forget(conversation);
      await references.delete(conversation);
      return TAKEN;
    }
    await references.set(conversation, reference);
    if (activity.type === 'invoke') return answerInvoke(inbound, parts);
    if (activity.type === 'messageDelete') await parts.forget(messageId(activity));
    else if (activity.type === 'message') await takeMessage(inbound, receive, parts);
    else if (isInstall(activity) && greeted.claim(conversation)) outgoing.say(reference, GREETING);
    return TAKEN;
  };

  return async (activity, raw, receive) => {
    const key = repeatKey(activity);
    if (isOwnEcho(activity) || (key !== undefined && seen.has(key))) return TAKEN;
    if (activity.type === 'message' && !isAddressed(activity)) return TAKEN;
    const conversation = conversationOf(activity.conversation.id);
    const reference = TurnContext.getConversationReference(raw);
    const asker = access.askerOf(activity);
    if (asker === undefined) return refuse(activity, reference);
    let answer = TAKEN;
    try {
      const taking = take({ activity, asker, conversation, reference }, receive);
      answer = await withinTime(taking, takeMs, 'A Teams activity was not kept');
    } catch (error) {
      if (error instanceof AppError && error.retryable) throw error;
      // Not botbuilder's onTurnError: it would also swallow the failures of what Orienta sends by itself.
      const caseId = randomUUID().slice(0, 8);
      log.error({ case: caseId, type: activity.type, ...errorFacts(error) }, 'teams activity not taken');
      if (activity.type === 'message') outgoing.say(reference, apology(caseId));
      if (activity.type === 'invoke') answer = FAILED_INVOKE;
    }
    // Only now: a repeat that overtakes the first one must not be acknowledged for it.
    if (key !== undefined) seen.claim(key);
    return answer;
  };
}

async function answerInvoke(inbound: Inbound, { invokes }: IncomingParts): Promise<InvokeAnswer> {
  for (const invoke of invokes) {
    const answer = await invoke(inbound);
    if (answer !== undefined) return answer;
  }
  return UNKNOWN_INVOKE;
}

async function takeMessage(inbound: Inbound, receive: Receive, parts: IncomingParts): Promise<void> {
  const { activity, reference } = inbound;
  for (const aside of parts.asides) if (await aside(inbound)) return;
  const text = plainText(activity);
  if (text === '') {
    parts.outgoing.say(reference, hasAttachment(activity) ? ONLY_ATTACHMENT : NO_TEXT);
  } else if (text.length > MAX_MESSAGE_LENGTH) {
    parts.outgoing.say(reference, TOO_LONG);
  } else {
    await handIn(inbound, text, receive, parts);
  }
}

/** The sign that an answer is coming starts first: the answer may be there before the message counts as handed in. */
async function handIn(
  { activity, asker, conversation, reference }: Inbound,
  text: string,
  receive: Receive,
  { outgoing, now }: IncomingParts,
): Promise<void> {
  const from = activity.from?.aadObjectId ?? activity.from?.id;
  outgoing.showTyping(conversation, reference);
  let isComing = false;
  try {
    const { silent } = await receive({
      channel: 'teams',
      id: messageId(activity),
      conversation,
      ...(from === undefined ? {} : { from }),
      audience: asker.audience,
      text,
      receivedAt: now(),
    });
    isComing = silent !== true;
  } finally {
    if (!isComing) void outgoing.stopTyping(conversation);
  }
}

/** Teams counts messages by the millisecond, each conversation for itself: two people's may have the same id. */
function messageId({ conversation, id }: InboundActivity): string {
  return `${conversation.id}/${id ?? ''}`;
}

/** A deletion bears the id of the message that it deletes. An invoke waits for its answer, the second time too. */
function repeatKey(activity: InboundActivity): string | undefined {
  if (typeof activity.id !== 'string' || activity.type === 'invoke') return undefined;
  return `${activity.type} ${messageId(activity)}`;
}
