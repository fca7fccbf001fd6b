import { AppError } from '../../errors.ts';
import type { ConversationId } from '../channel.ts';
import {
  type ConversationReferences,
  conversationOf,
  type StoredReference,
} from './conversation-references.ts';

/** Where the service's address is kept: no conversation of a platform has an empty id. */
const SERVICE = conversationOf('');
const ANY_ROOM = { id: '', name: '', isGroup: true, conversationType: 'channel' } as const;

/**
 * References that also reach the rooms which the configuration names, before anybody has written there: their address
 * is made up of the room's id and of the service that Orienta last heard from.
 * @param rooms the platform's ids
 * @param home the organisation that the rooms belong to; unset, there is only one
 */
export function withRooms(
  references: ConversationReferences,
  { rooms, home }: { readonly rooms: readonly string[]; readonly home: string | undefined },
): ConversationReferences {
  if (rooms.length === 0) return references;
  const ids = new Map(rooms.map((id) => [conversationOf(id), id]));
  /** What is stored, so that it is written only when it changes. */
  let known: string | undefined;

  const note = async ({ serviceUrl, bot, channelId, conversation }: StoredReference): Promise<void> => {
    const tenant = conversation?.tenantId === undefined ? {} : { tenantId: conversation.tenantId };
    if (home !== undefined && tenant.tenantId?.toLowerCase() !== home.toLowerCase()) return;
    if (serviceUrl === undefined || bot === undefined || channelId === undefined) return;
    const service: StoredReference = {
      ...{ serviceUrl, bot, channelId },
      conversation: { ...ANY_ROOM, ...tenant },
    };
    const text = JSON.stringify(service);
    if (text === known) return;
    await references.set(SERVICE, service);
    known = text;
  };

  return {
    ...references,
    get: async (conversation: ConversationId) => {
      const kept = await references.get(conversation);
      const id = ids.get(conversation);
      if (kept !== undefined || id === undefined) return kept;
      const service = await references.get(SERVICE);
      if (service === undefined) throw unknownService();
      return { ...service, conversation: { ...ANY_ROOM, ...service.conversation, id } };
    },
    set: async (conversation, reference) => {
      await references.set(conversation, reference);
      await note(reference);
    },
  };
}

function unknownService(): AppError {
  return new AppError(
    'CHANNEL_UNAVAILABLE',
    'Nobody has written to the bot yet, so the address of Teams is not known. Add Orienta to the room or write to it.',
    { retryable: true },
  );
}
