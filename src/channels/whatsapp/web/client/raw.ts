import { z } from 'zod';

/*
 * What WhatsApp Web's page tells of messages, beyond the types of whatsapp-web.js. Fields come and go with WhatsApp's
 * versions: what a message can do without never fails it.
 */

const widSchema = z.union([
  z.string().min(1),
  z.object({ _serialized: z.string().min(1) }).transform(({ _serialized }) => _serialized),
]);

/** Name of a message: in which chat, by whom. */
export const rawKeySchema = z
  .object({
    fromMe: z.boolean(),
    remote: widSchema,
    id: z.string().optional(),
    _serialized: z.string().optional(),
  })
  .transform(({ fromMe, remote, id, _serialized }) => ({
    fromMe,
    remote,
    serialized: _serialized ?? `${fromMe}_${remote}_${id}`,
  }));
export type RawKey = z.output<typeof rawKeySchema>;

const optionalText = z.string().optional().catch(undefined);
const optionalFlag = z.boolean().optional().catch(undefined);
/** WhatsApp gives some numbers as words. */
const optionalNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

export const rawMessageSchema = z.object({
  id: rawKeySchema,
  type: z.string(),
  /** Seconds since 1970. */
  t: z.number(),
  subtype: optionalText,
  from: widSchema.optional().catch(undefined),
  /** Words of a text; a small picture of anything else. */
  body: optionalText,
  caption: optionalText,
  filename: optionalText,
  pollName: optionalText,
  duration: optionalNumber,
  lat: optionalNumber,
  lng: optionalNumber,
  broadcast: optionalFlag,
  isStatusV3: optionalFlag,
  quotedMsg: z
    .object({ type: optionalText, body: optionalText, caption: optionalText })
    .nullish()
    .catch(undefined),
  /** Of a deleted message: its name before. */
  protocolMessageKey: rawKeySchema.nullish().catch(undefined),
  latestEditMsgKey: z.unknown().optional(),
  latestEditSenderTimestampMs: z.unknown().optional(),
  /** Of own messages: -1 and below failed, 0 waits here, 1 a server has it. */
  ack: optionalNumber,
  /** Bytes. */
  size: optionalNumber,
  /** Base64 of the SHA-256 of a file that was sent. */
  filehash: optionalText,
});
export type RawMessage = z.output<typeof rawMessageSchema>;

const libraryMessageSchema = z.object({ _data: rawMessageSchema });

/** @returns undefined when it is no message that can be told apart from others */
export function readRaw(value: unknown): RawMessage | undefined {
  return rawMessageSchema.safeParse(value).data;
}

/** What the page said of a message that whatsapp-web.js hands over. */
export function rawOf(message: unknown): RawMessage | undefined {
  return libraryMessageSchema.safeParse(message).data?._data;
}

/** Of a reaction that whatsapp-web.js hands over. */
export const rawReactionSchema = z.object({
  id: rawKeySchema,
  msgId: rawKeySchema,
  reaction: z.string(),
  senderId: widSchema.optional().catch(undefined),
  /** Seconds since 1970; milliseconds in some versions. */
  timestamp: optionalNumber,
});

/** Of a call that whatsapp-web.js hands over. */
export const rawCallSchema = z.object({
  id: z.string().min(1),
  from: widSchema,
  isGroup: optionalFlag,
  fromMe: optionalFlag,
});
