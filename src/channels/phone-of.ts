import type { ConversationId } from './channel.ts';

/** A chat on WhatsApp that is addressed by its telephone; privacy ids (`…@lid`) and business-scoped ids are none. */
const WHATSAPP_PHONE = /^whatsapp:(\d{8,15})(?:@c\.us)?$/;

/** The telephone of who is written to, digits with the country code; undefined where the address does not tell it. */
export function phoneOf(conversation: ConversationId): string | undefined {
  return WHATSAPP_PHONE.exec(conversation)?.[1];
}
