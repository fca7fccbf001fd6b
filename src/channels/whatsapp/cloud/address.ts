import type { ConversationId, SenderName } from '../../channel.ts';

/** Digits with the country code; a chat that whatsapp-web.js opened is written to at the same number. */
const PHONE = /^(\d{6,15})(?:@c\.us)?$/;
/** Business-scoped user id, `US.13491208655302741918`; a parent one has `ENT` in its middle. */
const BSUID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const CONVERSATION = 'whatsapp:';

/** The part of a request that says who the message is for. */
export type Recipient =
  | { readonly recipient_type: 'individual'; readonly to: string }
  | { readonly recipient_type: 'individual'; readonly recipient: string };

/** How a conversation is written to, undefined when it is none of the Cloud API. */
export function recipientOf(conversation: ConversationId): Recipient | undefined {
  if (!conversation.startsWith(CONVERSATION)) return undefined;
  const chat = conversation.slice(CONVERSATION.length);
  const phone = PHONE.exec(chat)?.[1];
  if (phone !== undefined) return { recipient_type: 'individual', to: phone };
  // In `to` a BSUID is taken for a phone: the API answers 200 and delivers nothing (chatwoot/chatwoot#15150).
  return BSUID.test(chat) ? { recipient_type: 'individual', recipient: chat } : undefined;
}

/** Who wrote, under all the ids that the webhook gave. */
export interface Sender {
  /** Where to answer: the phone where there is one, as Meta advises, so that webhooks go on naming it. */
  readonly chat: string;
  readonly names: readonly [SenderName, ...SenderName[]];
}

/** @returns undefined when none of them is an id of a person */
export function senderOf(ids: readonly (string | undefined)[]): Sender | undefined {
  const given = ids.filter((id) => id !== undefined);
  const phones = given.flatMap((id) => PHONE.exec(id)?.[1] ?? []);
  const scoped = given.filter((id) => BSUID.test(id));
  const [first, ...others] = [
    ...[...new Set(phones)].map((value) => ({ kind: 'whatsapp-phone', value }) as const),
    ...[...new Set(scoped)].map((value) => ({ kind: 'whatsapp-bsuid', value }) as const),
  ];
  return first === undefined ? undefined : { chat: first.value, names: [first, ...others] };
}
