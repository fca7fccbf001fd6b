import { z } from 'zod';

/*
 * What Meta posts, as far as Orienta reads it:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 * Lists are taken entry by entry: one that cannot be read takes none of its neighbours with it.
 */

const list = z.array(z.unknown()).catch([]);
const text = z.string().optional().catch(undefined);
const seconds = z.coerce.number().optional().catch(undefined);

/** The whole of a request. */
export const webhookSchema = z.looseObject({
  entry: z.array(z.looseObject({ changes: list })),
});

/** One of its changes. */
export const changeSchema = z.looseObject({
  field: z.string(),
  value: z.looseObject({
    metadata: z.looseObject({ phone_number_id: z.string(), display_phone_number: text }),
    contacts: list,
    messages: list,
    statuses: list,
    calls: list,
    errors: list,
  }),
});
/** What one change tells, all of one number. */
export type WebhookValue = z.output<typeof changeSchema>['value'];

/** Who wrote: since usernames came a phone may be missing, and a business-scoped id stands for it. */
export const contactSchema = z.looseObject({ wa_id: text, user_id: text, parent_user_id: text });
export type WebhookContact = z.output<typeof contactSchema>;

/** What every message has, whatever it holds. */
export const messageSchema = z.looseObject({
  id: z.string().min(1),
  type: z.string(),
  from: text,
  from_user_id: text,
  from_parent_user_id: text,
  timestamp: seconds,
  group_id: text,
});
export type WebhookMessage = z.output<typeof messageSchema>;

const media = z.looseObject({ id: z.string().min(1) });
const captioned = z.looseObject({ caption: z.string().catch('') });
const choice = z.looseObject({ id: z.string(), title: z.string() });

/** What messages hold, by their type. */
export const contentSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.looseObject({ body: z.string() }) }),
  z.looseObject({ type: z.literal('audio'), audio: media }),
  z.looseObject({ type: z.literal('voice'), voice: media }),
  z.looseObject({ type: z.literal('image'), image: captioned }),
  z.looseObject({ type: z.literal('video'), video: captioned }),
  z.looseObject({ type: z.literal('document'), document: captioned }),
  z.looseObject({ type: z.literal('sticker') }),
  z.looseObject({ type: z.literal('contacts') }),
  z.looseObject({
    type: z.literal('location'),
    location: z.looseObject({ latitude: z.number(), longitude: z.number() }),
  }),
  z.looseObject({
    type: z.literal('reaction'),
    reaction: z.looseObject({ message_id: z.string(), emoji: z.string().catch('') }),
  }),
  z.looseObject({
    type: z.literal('interactive'),
    interactive: z.union([
      z.looseObject({ type: z.literal('button_reply'), button_reply: choice }),
      z.looseObject({ type: z.literal('list_reply'), list_reply: choice }),
    ]),
  }),
  z.looseObject({ type: z.literal('button'), button: z.looseObject({ text: z.string() }) }),
]);
export type WebhookContent = z.output<typeof contentSchema>;

/** Who somebody is now and was before. */
export const systemSchema = z.looseObject({
  system: z.looseObject({
    type: z.string(),
    wa_id: text,
    new_wa_id: text,
    user_id: text,
    parent_user_id: text,
    previous_user_id: text,
    previous_parent_user_id: text,
  }),
});
export const revokeSchema = z.looseObject({ revoke: z.looseObject({ original_message_id: z.string() }) });
export const editSchema = z.looseObject({
  edit: z.looseObject({
    original_message_id: z.string(),
    message: z.looseObject({ type: z.string() }),
  }),
});
export const unsupportedSchema = z.looseObject({ unsupported: z.looseObject({ type: z.string() }) });

export const callSchema = z.looseObject({
  id: z.string().min(1),
  event: text,
  direction: text,
  from: text,
  from_user_id: text,
  timestamp: seconds,
});

export const statusSchema = z.looseObject({
  id: z.string().min(1),
  status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
  biz_opaque_callback_data: text,
  errors: z.array(z.looseObject({ code: z.number() })).optional(),
});
export const errorSchema = z.looseObject({ code: z.number() });
