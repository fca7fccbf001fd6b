import { AppError } from '../../../errors.ts';
import type { SenderName } from '../../channel.ts';
import type { WhatsAppMessage } from '../message.ts';
import { senderOf } from './address.ts';
import { bodyOf, type Download, wordsOf } from './message-body.ts';
import type { DeliveryStatus } from './receipts.ts';
import {
  callSchema,
  changeSchema,
  contactSchema,
  editSchema,
  errorSchema,
  messageSchema,
  revokeSchema,
  statusSchema,
  systemSchema,
  type WebhookContact,
  type WebhookMessage,
  type WebhookValue,
  webhookSchema,
} from './webhook-schema.ts';

/** What one person did. `id` is the same when Meta tells it again; `chat` puts what one person did in its order. */
export type PersonEvent = { readonly id: string; readonly chat: string } & (
  | { readonly kind: 'message'; readonly message: WhatsAppMessage }
  /** `original` is the id of the message that is gone, or reads otherwise now. */
  | { readonly kind: 'revoked'; readonly original: string }
  | { readonly kind: 'edited'; readonly original: string; readonly text: string }
  /** One person has all these names, old and new. */
  | { readonly kind: 'renamed'; readonly names: readonly [SenderName, ...SenderName[]] }
);

/** One thing that a webhook tells. */
export type WebhookEvent =
  | PersonEvent
  | { readonly kind: 'status'; readonly status: DeliveryStatus }
  /** Meta tells of a fault of its own. */
  | { readonly kind: 'fault'; readonly code: number }
  /** For the log; never words or numbers. */
  | { readonly kind: 'skipped'; readonly why: 'unreadable' | 'other-number' | 'no-sender' };

/** What reading needs. */
export interface ReadParts {
  /** Only what was sent to this number is Orienta's: a Meta app may serve several. */
  readonly phoneId: string;
  readonly download: Download;
  readonly now: () => Date;
}

/**
 * What a webhook tells, in order.
 * @throws {AppError} `MALFORMED_REQUEST` when it is no webhook of WhatsApp
 */
export function readWebhook(body: Uint8Array, parts: ReadParts): readonly WebhookEvent[] {
  const parsed = webhookSchema.safeParse(json(body));
  if (!parsed.success) throw malformed();
  return parsed.data.entry.flatMap(({ changes }) => changes).flatMap((change) => readChange(change, parts));
}

function readChange(change: unknown, parts: ReadParts): readonly WebhookEvent[] {
  const parsed = changeSchema.safeParse(change);
  // Fields that were subscribed to and are not Orienta's, echoes of own messages among them, have other shapes.
  if (!parsed.success || !['messages', 'calls'].includes(parsed.data.field)) return [];
  const { value } = parsed.data;
  if (value.metadata.phone_number_id !== parts.phoneId) return [{ kind: 'skipped', why: 'other-number' }];
  return [
    ...value.errors.flatMap(readFault),
    ...value.statuses.map(readStatus),
    ...value.messages.flatMap((message) => readMessage(message, value, parts)),
    ...value.calls.flatMap((call) => readCall(call, parts)),
  ];
}

function readMessage(raw: unknown, value: WebhookValue, parts: ReadParts): readonly WebhookEvent[] {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return [{ kind: 'skipped', why: 'unreadable' }];
  const { data: message } = parsed;
  const isOwn = message.from !== undefined && message.from === digits(value.metadata.display_phone_number);
  if (message.group_id !== undefined || isOwn) return [];
  if (message.type === 'system') return readSystem(message);
  const sender = senderOf(idsOf(message, value));
  if (sender === undefined) return [{ kind: 'skipped', why: 'no-sender' }];
  const { id } = message;
  const { chat, names } = sender;
  if (message.type === 'revoke') return readRevoke(message, chat);
  if (message.type === 'edit') return readEdit(message, chat);
  const body = bodyOf(message, parts.download);
  if (body === undefined) return [];
  const sentAt = timeOf(message.timestamp, parts.now);
  return [{ kind: 'message', id, chat, message: { id, chat, names, sentAt, body } }];
}

/** Deletions and edits are told only of numbers that also run in the WhatsApp Business app. */
function readRevoke(message: WebhookMessage, chat: string): readonly WebhookEvent[] {
  const parsed = revokeSchema.safeParse(message);
  if (!parsed.success) return [{ kind: 'skipped', why: 'unreadable' }];
  return [{ kind: 'revoked', id: message.id, chat, original: parsed.data.revoke.original_message_id }];
}

function readEdit(message: WebhookMessage, chat: string): readonly WebhookEvent[] {
  const parsed = editSchema.safeParse(message);
  const text = wordsOf(parsed.data?.edit.message);
  if (parsed.data === undefined || text === undefined) return [{ kind: 'skipped', why: 'unreadable' }];
  return [{ kind: 'edited', id: message.id, chat, original: parsed.data.edit.original_message_id, text }];
}

/** A new number brings a new business-scoped id with it; `from` is the old number. */
function readSystem(message: WebhookMessage): readonly WebhookEvent[] {
  const parsed = systemSchema.safeParse(message);
  if (!parsed.success) return [{ kind: 'skipped', why: 'unreadable' }];
  const { system } = parsed.data;
  if (system.type !== 'user_changed_number' && system.type !== 'user_changed_user_id') return [];
  const renamed = senderOf([
    system.wa_id,
    system.new_wa_id,
    system.user_id,
    system.parent_user_id,
    message.from,
    message.from_user_id,
    system.previous_user_id,
    system.previous_parent_user_id,
  ]);
  if (renamed === undefined || renamed.names.length < 2) return [];
  return [{ kind: 'renamed', id: message.id, chat: renamed.chat, names: renamed.names }];
}

function readCall(raw: unknown, parts: ReadParts): readonly WebhookEvent[] {
  const parsed = callSchema.safeParse(raw);
  if (!parsed.success) return [{ kind: 'skipped', why: 'unreadable' }];
  const { id, event, direction, from, from_user_id, timestamp } = parsed.data;
  if (event !== 'connect' || direction === 'BUSINESS_INITIATED') return [];
  const sender = senderOf([from, from_user_id]);
  if (sender === undefined) return [{ kind: 'skipped', why: 'no-sender' }];
  const message = { id, ...sender, sentAt: timeOf(timestamp, parts.now), body: { kind: 'call' } } as const;
  return [{ kind: 'message', id, chat: sender.chat, message }];
}

function readStatus(raw: unknown): WebhookEvent {
  const parsed = statusSchema.safeParse(raw);
  if (!parsed.success) return { kind: 'skipped', why: 'unreadable' };
  const { id, status: state, errors, biz_opaque_callback_data: tag } = parsed.data;
  return { kind: 'status', status: { id, state, code: errors?.[0]?.code, tag } };
}

function readFault(raw: unknown): readonly WebhookEvent[] {
  const parsed = errorSchema.safeParse(raw);
  return parsed.success ? [{ kind: 'fault', code: parsed.data.code }] : [];
}

/**
 * All ids of who wrote. A batch has a contact for each person, whose `wa_id` may differ from `from`: it is still theirs
 * where there is nobody else.
 */
function idsOf(message: WebhookMessage, value: WebhookValue): readonly (string | undefined)[] {
  const { contacts, messages } = value;
  const known = contacts
    .map((raw) => contactSchema.safeParse(raw).data)
    .filter((contact) => contact !== undefined);
  const isTheirs = ({ wa_id, user_id }: WebhookContact): boolean =>
    (wa_id !== undefined && wa_id === message.from) ||
    (user_id !== undefined && user_id === message.from_user_id);
  const isAlone = messages.length === 1 && contacts.length === 1;
  const contact = known.find(isTheirs) ?? (isAlone ? known[0] : undefined);
  return [
    message.from,
    message.from_user_id,
    contact?.wa_id,
    contact?.user_id,
    message.from_parent_user_id,
    contact?.parent_user_id,
  ];
}

function timeOf(seconds: number | undefined, now: () => Date): Date {
  const time = new Date((seconds ?? 0) * 1_000);
  return time.getTime() > 0 ? time : now();
}

function digits(phone: string | undefined): string | undefined {
  return phone?.replace(/\D/g, '');
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    // Its message would quote what people wrote.
    throw malformed();
  }
}

function malformed(): AppError {
  return new AppError('MALFORMED_REQUEST', 'The body is no webhook of WhatsApp.');
}
