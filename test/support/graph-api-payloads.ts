import { createHmac } from 'node:crypto';

/*
 * What Meta posts to a webhook, shaped after the examples of
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages (2026), with
 * people and ids made up.
 */

/** Meta's id of the number that the tests run, and the number itself. */
export const PHONE_ID = '106540352242922';
export const DISPLAY_PHONE = '50222220000';
/** A person with a phone, and one whose phone WhatsApp keeps back. */
export const ANA = '50255550101';
export const BETO_SCOPED = 'GT.13491208655302741918';

type Json = Readonly<Record<string, unknown>>;

/** Who wrote: a phone, a business-scoped id, or both. */
export interface Writer {
  readonly phone?: string | undefined;
  readonly scoped?: string | undefined;
}

/** A whole webhook of one or more changes. */
export function webhook(...changes: readonly Json[]): Json {
  return { object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes }] };
}

/** A change of the `messages` field. */
export function change(value: Json, over: { readonly phoneId?: string; readonly field?: string } = {}): Json {
  const { phoneId = PHONE_ID, field = 'messages' } = over;
  return {
    field,
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: DISPLAY_PHONE, phone_number_id: phoneId },
      ...value,
    },
  };
}

/** A change that brings messages of one person. */
export function from(writer: Writer, ...messages: readonly Json[]): Json {
  return change({
    contacts: [contact(writer)],
    messages: messages.map((message) => sentBy(writer, message)),
  });
}

/** What a contact says of a writer. */
export function contact({ phone, scoped }: Writer): Json {
  return {
    profile: { name: 'Nombre de perfil' },
    ...(phone === undefined ? {} : { wa_id: phone }),
    ...(scoped === undefined ? {} : { user_id: scoped }),
  };
}

/** A message with who sent it. */
export function sentBy({ phone, scoped }: Writer, message: Json): Json {
  return {
    ...(phone === undefined ? {} : { from: phone }),
    ...(scoped === undefined ? {} : { from_user_id: scoped }),
    ...message,
  };
}

let count = 0;

/** The part that all messages have. */
function message(type: string, content: Json, id = `wamid.in.${++count}`): Json {
  return { id, timestamp: '1790000000', type, ...content };
}

/** Messages by what they hold. */
export const sends = {
  text: (body: string, id?: string) => message('text', { text: { body } }, id),
  reply: (body: string, to: string) =>
    message('text', { text: { body }, context: { from: DISPLAY_PHONE, id: to } }),
  voice: (media: string) =>
    message('audio', {
      audio: { mime_type: 'audio/ogg; codecs=opus', sha256: 'x=', id: media, voice: true },
    }),
  image: (caption?: string) =>
    message('image', { image: { caption, mime_type: 'image/jpeg', sha256: 'x=', id: '65463453' } }),
  video: (caption?: string) =>
    message('video', { video: { caption, mime_type: 'video/mp4', sha256: 'x=', id: '765756756' } }),
  document: (caption?: string) =>
    message('document', {
      document: { caption, filename: 'a.pdf', mime_type: 'application/pdf', sha256: 'x=', id: '1' },
    }),
  sticker: () =>
    message('sticker', { sticker: { mime_type: 'image/webp', sha256: 'x=', id: '1', animated: false } }),
  location: (latitude: number, longitude: number) =>
    message('location', { location: { latitude, longitude, name: 'Parque', address: '6a avenida' } }),
  contacts: () =>
    message('contacts', { contacts: [{ name: { formatted_name: 'B' }, phones: [{ phone: '1' }] }] }),
  reaction: (emoji: string | undefined, to: string) =>
    message('reaction', { reaction: { message_id: to, emoji } }),
  buttonReply: (id: string, title: string) =>
    message('interactive', {
      context: { from: DISPLAY_PHONE, id: 'wamid.1' },
      interactive: { type: 'button_reply', button_reply: { id, title } },
    }),
  listReply: (id: string, title: string, description?: string) =>
    message('interactive', {
      interactive: { type: 'list_reply', list_reply: { id, title, description } },
    }),
  templateButton: (text: string) => message('button', { button: { payload: 'x', text } }),
  flow: () =>
    message('interactive', { interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{}' } } }),
  order: () => message('order', { order: { catalog_id: '1', product_items: [] } }),
  unsupported: (type?: string) =>
    message('unsupported', {
      errors: [{ code: 131051, title: 'Message type unknown', error_data: { details: 'Not supported.' } }],
      ...(type === undefined ? {} : { unsupported: { type } }),
    }),
  revoke: (original: string) => message('revoke', { revoke: { original_message_id: original } }),
  edit: (original: string, content: Json) =>
    message('edit', { edit: { original_message_id: original, message: content } }),
} as const;

/** The number changed, and the business-scoped id with it. Such a webhook has no contacts. */
export function changedNumber(before: Writer, now: Writer): Json {
  const system = {
    body: `User changed from ${before.phone} to ${now.phone}`,
    type: 'user_changed_number',
    wa_id: now.phone,
    ...(now.scoped === undefined ? {} : { user_id: now.scoped }),
    ...(before.scoped === undefined ? {} : { previous_user_id: before.scoped }),
  };
  return change({ messages: [sentBy({ phone: before.phone }, message('system', { system }))] });
}

/** The business-scoped id changed, and no phone is told. */
export function changedScopedId(before: string, now: string): Json {
  const system = {
    body: 'User changed',
    type: 'user_changed_user_id',
    user_id: now,
    previous_user_id: before,
  };
  return change({ messages: [message('system', { system })] });
}

/** What became of a message that Orienta sent. */
export function status(
  id: string,
  state: string,
  facts: { readonly code?: number; readonly tag?: string | undefined } = {},
): Json {
  const { code, tag } = facts;
  const errors = code === undefined ? {} : { errors: [{ code, title: 'x', error_data: { details: 'x' } }] };
  return change({
    statuses: [
      {
        id,
        status: state,
        timestamp: '1790000001',
        recipient_id: ANA,
        ...(tag === undefined ? {} : { biz_opaque_callback_data: tag }),
        ...errors,
      },
    ],
  });
}

/** The header `X-Hub-Signature-256` over a body. */
export function signatureOf(body: string | Uint8Array, secret: string, algorithm = 'sha256'): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
}
