import type { Audio, MessageBody } from '../message.ts';
import {
  contentSchema,
  unsupportedSchema,
  type WebhookContent,
  type WebhookMessage,
} from './webhook-schema.ts';

/** Gets a media file by its id. It throws when it cannot be had. */
export type Download = (mediaId: string) => Promise<Audio | undefined>;

/** What the API only tells to have happened: nobody waits for an answer to it. */
const NO_MESSAGE = new Set(['pin', 'keep_in_chat', 'poll_update', 'reaction', 'link_preview']);

/**
 * What a message holds. What the API does not pass on is `unreadable`, so that the person is asked to write it.
 * @returns undefined when it holds nothing to answer, such as a reaction taken back
 */
export function bodyOf(message: WebhookMessage, download: Download): MessageBody | undefined {
  if (message.type === 'request_welcome') return undefined;
  const unsupported = unsupportedSchema.safeParse(message);
  if (unsupported.success && NO_MESSAGE.has(unsupported.data.unsupported.type)) return undefined;
  const content = contentSchema.safeParse(message);
  return content.success ? bodyOfContent(content.data, download) : { kind: 'unreadable' };
}

/** The words of an edited message; undefined where they are not passed on. */
export function wordsOf(content: unknown): string | undefined {
  const parsed = contentSchema.safeParse(content);
  if (!parsed.success) return undefined;
  const body = bodyOfContent(parsed.data, async () => undefined);
  if (body?.kind === 'text') return body.text;
  return body?.kind === 'picture' || body?.kind === 'document' ? body.caption : undefined;
}

function bodyOfContent(content: WebhookContent, download: Download): MessageBody | undefined {
  switch (content.type) {
    case 'text':
      return { kind: 'text', text: content.text.body };
    case 'audio':
      return voice(content.audio.id, download);
    case 'voice':
      return voice(content.voice.id, download);
    case 'image':
      return { kind: 'picture', caption: content.image.caption };
    case 'video':
      return { kind: 'picture', caption: content.video.caption };
    case 'document':
      return { kind: 'document', caption: content.document.caption };
    case 'sticker':
      return { kind: 'sticker' };
    case 'contacts':
      return { kind: 'contact' };
    case 'location':
      return location(content.location);
    case 'reaction':
      return reaction(content.reaction);
    case 'interactive':
      return { kind: 'text', text: chosen(content.interactive) };
    case 'button':
      return { kind: 'text', text: content.button.text };
  }
}

function voice(mediaId: string, download: Download): MessageBody {
  return {
    kind: 'voice',
    // The API does not say how long a voice note is.
    seconds: undefined,
    download: () => download(mediaId).catch(() => undefined),
  };
}

/** The name of the place and its address, where the person picked one, are left behind. */
function location({
  latitude,
  longitude,
}: {
  readonly latitude: number;
  readonly longitude: number;
}): MessageBody {
  return { kind: 'location', latitude, longitude };
}

/** Taking a reaction back comes as one without an emoji. */
function reaction(given: { readonly emoji: string; readonly message_id: string }): MessageBody | undefined {
  return given.emoji === '' ? undefined : { kind: 'reaction', emoji: given.emoji, to: given.message_id };
}

type Choice = Extract<WebhookContent, { type: 'interactive' }>['interactive'];

/** The number that the person would have typed, where the choice was one of Orienta's. */
function chosen(interactive: Choice): string {
  const { id, title } =
    interactive.type === 'button_reply' ? interactive.button_reply : interactive.list_reply;
  return /^\d{1,2}$/.test(id) ? id : title;
}
