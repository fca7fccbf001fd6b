import type { Logger } from '../../log.ts';
import { type InboundActivity, isInstall } from './activity.ts';
import type { StoredReference } from './conversation-references.ts';
import type { InvokeAnswer } from './inbound.ts';
import type { Outgoing } from './outgoing.ts';
import { createRecentKeys } from './recent-keys.ts';
import { notWelcome } from './texts.ts';

const ONCE_IN_MS = 24 * 60 * 60_000;
const MOST_KEYS = 10_000;

/** What a refusal is made with. */
interface RefuseParts {
  readonly outgoing: Pick<Outgoing, 'say'>;
  readonly log: Logger;
  readonly now: () => Date;
  readonly publicUrl: string | undefined;
}

/**
 * Tells people of an organisation that may not write so, politely and once a day in each conversation. Neither what they
 * wrote nor where it came from is kept.
 */
export function createRefuse({ outgoing, log, now, publicUrl }: RefuseParts) {
  const told = createRecentKeys({ most: MOST_KEYS, ttlMs: ONCE_IN_MS, now });
  return (activity: InboundActivity, reference: StoredReference): InvokeAnswer => {
    if (activity.type === 'invoke') return { status: 403 };
    const isWaiting = activity.type === 'message' || isInstall(activity);
    if (isWaiting && told.claim(activity.conversation.id)) {
      log.info({ type: activity.type }, 'teams person of another organisation refused');
      outgoing.say(reference, notWelcome(publicUrl));
    }
    return { status: 200 };
  };
}
