import type { Receive, Reply, SenderName } from '../channel.ts';

/** A voice note as it was downloaded; it is never kept. */
export interface Audio {
  readonly bytes: Uint8Array;
  /** MIME type, such as `audio/ogg; codecs=opus`. */
  readonly type: string;
}

/** What a message of WhatsApp holds. */
export type MessageBody =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'voice';
      /** Undefined when the platform does not say. */
      readonly seconds: number | undefined;
      /** @returns undefined when it cannot be had; asking again may help */
      readonly download: () => Promise<Audio | undefined>;
    }
  | { readonly kind: 'picture' | 'document'; readonly caption: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'reaction'; readonly emoji: string; readonly to: string }
  | { readonly kind: 'sticker' | 'contact' | 'call' | 'unreadable' };

/** One message of a private chat, as whatsapp-web.js and the Cloud API both tell it. */
export interface WhatsAppMessage {
  /** The platform's id; the same id twice is the same message. */
  readonly id: string;
  /** The id to write back to, unchanged: `…@c.us`, `…@lid`, a phone or a business-scoped id. */
  readonly chat: string;
  readonly names: readonly [SenderName, ...SenderName[]];
  readonly sentAt: Date;
  readonly body: MessageBody;
  /** The words of the message it answers. */
  readonly quoted?: string;
}

/**
 * Hands a message in. Once it resolves the message is kept, or is none that Orienta takes.
 * @throws {AppError} retryable, when it could not be kept now
 */
export type TakeMessage = (message: WhatsAppMessage, receive: Receive) => Promise<void>;

/** The spoken form of a reply; undefined when there is none, and the words are to be sent. */
export type Speak = (reply: Reply) => Promise<Audio | undefined>;
