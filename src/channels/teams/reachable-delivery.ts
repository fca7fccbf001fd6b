import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../../log.ts';
import {
  type ConversationReferences,
  conversationOf,
  type StoredReference,
} from './conversation-references.ts';
import { CredentialsError, GoneError } from './delivery-fault.ts';
import { errorFacts } from './error-facts.ts';
import type { TeamsAdapter } from './teams-adapter.ts';

/** Writing into conversations, see {@link TeamsAdapter}. */
export type Delivery = Pick<TeamsAdapter, 'deliver' | 'update'>;

/** Writing that knows what stands in its way. */
export interface ReachableDelivery extends Delivery {
  /** Whether the last try found that Microsoft takes nothing from Orienta at all. */
  isShutOut(): boolean;
}

/**
 * Remembers, for as long as references are kept, which conversations take nothing more, and no longer tries them. Who
 * writes again is reachable again: their activity brings a new reference.
 */
export function createReachableDelivery(
  adapter: Delivery,
  references: ConversationReferences,
  log: Logger,
): ReachableDelivery {
  let isShutOut = false;
  const mark = async (reference: StoredReference, { reason }: GoneError): Promise<void> => {
    const conversation = conversationOf(reference.conversation?.id ?? '');
    const kept = await references.get(conversation);
    // They wrote while the refusal was on its way: what is kept now is newer than what was refused.
    if (kept === undefined || !isDeepStrictEqual(asJson(kept), asJson(reference))) return;
    await references.set(conversation, { ...kept, gone: reason });
    log.info({ reason }, 'teams conversation takes nothing more until somebody writes there');
  };
  const attempt = async <T>(
    { gone, ...reference }: StoredReference,
    work: (reference: StoredReference) => Promise<T>,
  ): Promise<T> => {
    if (gone !== undefined) throw new GoneError(gone);
    try {
      const done = await work(reference);
      isShutOut = false;
      return done;
    } catch (error) {
      if (error instanceof CredentialsError && !isShutOut) {
        isShutOut = true;
        log.error(errorFacts(error), 'teams takes nothing: Microsoft refuses the credentials of the bot');
      }
      if (error instanceof GoneError) {
        await mark(reference, error).catch((fault: unknown) =>
          log.warn(errorFacts(fault), 'teams conversation not marked as unreachable'),
        );
      }
      throw error;
    }
  };
  return {
    isShutOut: () => isShutOut,
    deliver: (stored, activities, signal) =>
      attempt(stored, (reference) => adapter.deliver(reference, activities, signal)),
    update: (stored, id, activity, signal) =>
      attempt(stored, (reference) => adapter.update(reference, id, activity, signal)),
  };
}

/** As it is stored: without what is undefined. */
function asJson(reference: StoredReference): unknown {
  return JSON.parse(JSON.stringify(reference));
}
