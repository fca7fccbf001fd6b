import { randomUUID } from 'node:crypto';
import { type Activity, TurnContext } from 'botbuilder';
import type { Audience } from '../../knowledge/unit.ts';
import type { Logger } from '../../log.ts';
import type { ConversationId, Receive } from '../channel.ts';
import { hasAttachment, type InboundActivity, isInstall, isOwnEcho, isUninstall } from './activity.ts';
import type { ConversationReferences, StoredReference } from './conversation-references.ts';
import { errorFacts } from './error-facts.ts';
import type { Outgoing } from './outgoing.ts';
import { plainText } from './plain-text.ts';
import { createRecentKeys } from './recent-keys.ts';
import { apology, GREETING, NO_TEXT, ONLY_ATTACHMENT } from './texts.ts';

// Teams repeats what was not acknowledged within 15 s, and retries for minutes, not hours.
const REPEAT_WINDOW_MS = 60 * 60_000;
// One installation comes as two activities, milliseconds apart in the Playground, seconds in Teams.
const INSTALL_WINDOW_MS = 60_000;
const MOST_KEYS = 10_000;

/** Takes one activity of a caller that has been trusted. Never throws: the person gets an apology instead. */
export type TakeActivity = (activity: InboundActivity, raw: Activity, receive: Receive) => Promise<void>;

/** What the incoming side is made from. */
export interface IncomingParts {
  readonly outgoing: Outgoing;
  readonly references: ConversationReferences;
  readonly audience: Audience;
  readonly log: Logger;
  readonly now: () => Date;
}

/** The story of one activity: ours or seen before? → keep where it came from → greet, hand in, or say what is missing. */
export function createTakeActivity(parts: IncomingParts): TakeActivity {
  const { references, log, now } = parts;
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
      await references.delete(conversation);
      return;
    }
    await references.set(conversation, reference);
    if (activity.type === 'message') {
      await takeMessage(activity, conversation, reference, receive, parts);
    } else if (isInstall(activity) && greeted.claim(conversation)) {
      parts.outgoing.say(reference, GREETING);
    }
  };

  return async (activity, raw, receive) => {
    const conversation = conversationId(activity);
    if (isOwnEcho(activity)) return;
    if (typeof activity.id === 'string' && !seen.claim(`${conversation} ${activity.id}`)) return;
    const reference = TurnContext.getConversationReference(raw);
    try {
      await take(activity, conversation, reference, receive);
    } catch (error) {
      // Not botbuilder's onTurnError: it would also swallow the failures of what Orienta sends by itself.
      const caseId = randomUUID().slice(0, 8);
      log.error({ case: caseId, type: activity.type, ...errorFacts(error) }, 'teams activity not taken');
      if (activity.type === 'message') parts.outgoing.say(reference, apology(caseId));
    }
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
  outgoing.showTyping(conversation, reference);
  const id = activity.id ?? '';
  await receive({ channel: 'teams', id, conversation, audience, text, receivedAt: now() });
}

/** The platform's own id, which the stored reference is kept under; threads of a channel each have their own. */
function conversationId(activity: InboundActivity): ConversationId {
  return `teams:${activity.conversation.id}` as ConversationId;
}
