import { z } from 'zod';

/*
 * What the gateway and the process that runs whatsapp-web.js tell each other over the IPC channel. Both sides check
 * what comes in: the other may be of an older build, or dying.
 */

/** How the session of the number is. `degraded`: messages may come and go, but a part of it fails. */
export const clientStateSchema = z.enum([
  'starting',
  'qr',
  'pairing-code',
  'authenticated',
  'ready',
  'degraded',
  'disconnected',
  'logged-out',
]);
export type ClientState = z.infer<typeof clientStateSchema>;

const chatMessageSchema = z.object({
  id: z.string().min(1),
  /** The id to write back to, unchanged. */
  chat: z.string().min(1),
  /** `…@c.us` and `…@lid` ids of who wrote, at least that of the chat. */
  names: z.array(z.string().min(1)).min(1),
  /** Milliseconds since 1970. */
  sentAt: z.number(),
  kind: z.enum([
    'text',
    'voice',
    'picture',
    'document',
    'sticker',
    'contact',
    'location',
    'call',
    'unreadable',
  ]),
  /** Words, or the caption of a picture or document. */
  text: z.string(),
  seconds: z.number().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  quoted: z.string().optional(),
});
/** One message of a private chat. Its audio is asked for by id. */
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** What the child tells. */
export const fromChildSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: clientStateSchema, reason: z.string().optional() }),
  /** Whoever has it has the whole account: it is shown to operators only and never logged. */
  z.object({ type: z.literal('qr'), qr: z.string().min(1) }),
  z.object({ type: z.literal('pairing-code'), code: z.string().min(1) }),
  z.object({ type: z.literal('message'), message: chatMessageSchema }),
  z.object({ type: z.literal('edited'), message: chatMessageSchema }),
  z.object({ type: z.literal('deleted'), id: z.string().min(1), chat: z.string().min(1) }),
  z.object({
    type: z.literal('reaction'),
    id: z.string().min(1),
    chat: z.string().min(1),
    names: z.array(z.string().min(1)).min(1),
    sentAt: z.number(),
    emoji: z.string(),
    to: z.string().min(1),
  }),
  /** Every few seconds while the page answers. `bytes`: resident memory of the child and its browser. */
  z.object({ type: z.literal('beat'), bytes: z.number() }),
  z.object({ type: z.literal('done'), request: z.number(), value: z.unknown() }),
  z.object({
    type: z.literal('failed'),
    request: z.number(),
    /** `no-chat`: nobody is there; `not-sent`: the library gave nothing back; `no-ack`; `not-ready`; `failed`. */
    code: z.enum(['no-chat', 'not-sent', 'no-ack', 'not-ready', 'failed']),
  }),
  /** A fact for the log; never words, numbers or codes of people. */
  z.object({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    text: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
]);
export type FromChild = z.infer<typeof fromChildSchema>;

/** What the child is asked to do; each request is answered by `done` or `failed` with its number. */
export const toChildSchema = z.discriminatedUnion('type', [
  /** Sends text; `done` with the message's id once a server has it (ack ≥ 1), or had it since `since`. */
  z.object({
    type: z.literal('send-text'),
    request: z.number(),
    chat: z.string().min(1),
    text: z.string().min(1),
    /** Milliseconds since 1970: a copy of the text that went to this chat since then counts as sent. */
    since: z.number().optional(),
  }),
  /** Sends an Ogg Opus file as a voice note. */
  z.object({
    type: z.literal('send-voice'),
    request: z.number(),
    chat: z.string().min(1),
    /** Base64. */
    data: z.string().min(1),
    seconds: z.number().optional(),
    since: z.number().optional(),
  }),
  z.object({ type: z.literal('typing'), request: z.number(), chat: z.string().min(1), on: z.boolean() }),
  /** `done` with `{data, type}` (base64, MIME type), or null when it cannot be had. */
  z.object({ type: z.literal('download'), request: z.number(), id: z.string().min(1) }),
  /** Clears the chat of what was said in it. */
  z.object({ type: z.literal('clear'), request: z.number(), chat: z.string().min(1) }),
  /** Asks for a pairing code instead of a QR. */
  z.object({ type: z.literal('pair'), request: z.number(), phone: z.string().regex(/^\d{8,15}$/) }),
  /** Hands in, as `message`, what arrived since then and was not heard. */
  z.object({ type: z.literal('sweep'), request: z.number(), since: z.number() }),
  /** Closes the browser cleanly; the process ends by itself after `done`. */
  z.object({ type: z.literal('stop'), request: z.number() }),
]);
export type ToChild = z.infer<typeof toChildSchema>;

/** How the child is started: one JSON argument. */
export const childOptionsSchema = z.object({
  sessionDir: z.string(),
  chromePath: z.string(),
  chromeArgs: z.array(z.string()),
  webVersion: z.string().optional(),
  webCacheDir: z.string(),
});
export type ChildOptions = z.infer<typeof childOptionsSchema>;
