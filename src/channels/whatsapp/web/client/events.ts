import type { Client } from 'whatsapp-web.js';
import type { Acks } from './acks.ts';
import type { Inbound } from './inbound.ts';
import { rawOf } from './raw.ts';

/** Joins what whatsapp-web.js tells of messages to those who want to know. `message_create` holds own messages too. */
export function hearMessages(client: Client, inbound: Inbound, acks: Acks): void {
  client.on('message', (message) => inbound.message(rawOf(message)));
  client.on('message_ciphertext', (message) => {
    const raw = rawOf(message);
    // These are for the phone alone, such as pictures to be seen once: they are never deciphered here.
    if (raw?.subtype?.endsWith('_unavailable_fanout') === true) inbound.unreadable(raw);
  });
  client.on('message_ciphertext_failed', (message) => inbound.unreadable(rawOf(message)));
  client.on('message_edit', (message, _words, before) => inbound.edited(rawOf(message), before));
  client.on('message_revoke_everyone', (message, before) => inbound.deleted(rawOf(message), rawOf(before)));
  client.on('message_reaction', (reaction) => inbound.reaction(reaction));
  client.on('call', (call) => inbound.call(call));
  client.on('message_ack', (message, ack) => {
    const id = rawOf(message)?.id.serialized;
    if (id !== undefined) acks.heard(id, ack);
  });
}
