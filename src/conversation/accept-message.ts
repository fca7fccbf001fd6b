import type { Channel, ChannelName, InboundMessage, Receive } from '../channels/channel.ts';
import type { Logger } from '../log.ts';
import type { Amended } from '../storage/inbox.ts';
import type { Aliases, AliasKind } from '../storage/people.ts';
import type { Store } from '../storage/store.ts';

/** What takes messages in. */
export interface AcceptParts {
  readonly store: Store;
  /** Whether a text may not wait for what else the person is writing, as one that speaks of danger; never unless said. */
  readonly isUrgent?: (text: string) => boolean;
  /** Called when there may be something to answer: wakes the turn worker. */
  readonly onAccepted: () => void;
  readonly log: Logger;
}

/**
 * The receiver to hand to channels. Once it resolves the message is stored and may be acknowledged.
 * It rejects with `STORE_UNAVAILABLE` (retryable) while the database is away: then the platform has to send it again.
 */
export function createReceiver(parts: AcceptParts): (channel: Channel) => Receive {
  const { store, isUrgent = neverUrgent, onAccepted, log } = parts;
  return (channel) => async (message) => {
    const { kind, id } = await store.inbox.accept({
      channel: message.channel,
      platformId: message.id,
      conversation: message.conversation,
      sender: message.names ?? conversationAlias(message),
      audience: message.audience,
      form: message.form,
      text: message.text,
      quoted: message.quoted,
      receivedAt: message.receivedAt,
      asOf: message.asOf,
      gatherMs: channel.gatherMs,
      urgent: isUrgent(message.text),
    });
    log.debug({ turn: id, channel: channel.name, kind }, 'message taken');
    if (kind === 'accepted') onAccepted();
    return kind === 'duplicate' ? { id, silent: true } : { id };
  };
}

/** Takes an edit of a message in. @param quoted what it answers now; what was there stays when it is left out */
export type Amend = (platformId: string, text: string, quoted?: string) => Promise<Amended>;

/** Takes edits of messages in, for channels whose people can edit what they wrote. */
export function createAmender(parts: AcceptParts): (channel: ChannelName) => Amend {
  const { store, isUrgent = neverUrgent, onAccepted, log } = parts;
  return (channel) => async (platformId, text, quoted) => {
    const amended = await store.inbox.amendMessage(channel, platformId, text, quoted, isUrgent(text));
    log.debug({ channel, amended }, 'edit taken');
    if (amended === 'amended') onAccepted();
    return amended;
  };
}

const neverUrgent = (): boolean => false;

const KIND_OF: Readonly<Record<ChannelName, AliasKind>> = {
  whatsapp: 'whatsapp-phone',
  teams: 'teams-aad',
  web: 'web-session',
};

/** Whoever writes is known by the platform's id of them or, where there is none, by the conversation's address. */
function conversationAlias(message: InboundMessage): Aliases {
  return [{ kind: KIND_OF[message.channel], value: message.from ?? message.conversation }];
}
