import type { Channel, ChannelName, InboundMessage, Receive } from '../channels/channel.ts';
import type { Logger } from '../log.ts';
import type { Aliases, AliasKind } from '../storage/people.ts';
import type { Store } from '../storage/store.ts';

/** What takes messages in. */
export interface AcceptParts {
  readonly store: Store;
  /** The names of who wrote, where the channel knows more than the conversation's address. */
  readonly aliasesOf?: (message: InboundMessage) => Aliases;
  /** Called when a new message is stored: wakes the turn worker. */
  readonly onAccepted: () => void;
  readonly log: Logger;
}

/**
 * The receiver to hand to channels. Once it resolves the message is stored and may be acknowledged.
 * It rejects with `STORE_UNAVAILABLE` (retryable) while the database is away: then the platform has to send it again.
 */
export function createReceiver(parts: AcceptParts): (channel: Channel) => Receive {
  const { store, aliasesOf = conversationAlias, onAccepted, log } = parts;
  return (channel) => async (message) => {
    const { kind, id } = await store.inbox.accept({
      channel: message.channel,
      platformId: message.id,
      conversation: message.conversation,
      sender: aliasesOf(message),
      audience: message.audience,
      text: message.text,
      receivedAt: message.receivedAt,
      asOf: message.asOf,
    });
    log.debug({ turn: id, channel: channel.name, kind }, 'message taken');
    if (kind === 'accepted') onAccepted();
    return { id };
  };
}

const KIND_OF: Readonly<Record<ChannelName, AliasKind>> = {
  whatsapp: 'whatsapp-phone',
  teams: 'teams-aad',
  web: 'web-session',
};

/** Whoever writes is known by the platform's id of them or, where there is none, by the conversation's address. */
function conversationAlias(message: InboundMessage): Aliases {
  return [{ kind: KIND_OF[message.channel], value: message.from ?? message.conversation }];
}
