import { errorCode } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Places } from '../../places/places.ts';
import type { ConversationId, InboundMessage } from '../channel.ts';
import { createRecentCalls } from './incoming-calls.ts';
import { readableText } from './incoming-text.ts';
import { createHear, type Hear, type Transcribe } from './incoming-voice.ts';
import type { MessageBody, TakeMessage, WhatsAppMessage } from './message.ts';

/** What messages are taken in with. */
export interface TakeMessageParts {
  readonly places: Pick<Places, 'locate'>;
  /** Undefined where no service turns voice notes into text. */
  readonly transcribe?: Transcribe | undefined;
  readonly now: () => Date;
  readonly log: Logger;
  /** Before each further attempt to download a voice note. */
  readonly waitsMs?: readonly number[];
}

/** What a message holds for the conversation. */
type Content = Required<Pick<InboundMessage, 'form' | 'text'>>;

/** An answer that late is to a question nobody remembers. */
const OLDEST_MS = 72 * 3_600_000;

/**
 * Makes of a message of WhatsApp one of Orienta's and hands it in, with audio made text and a location made a place.
 * What is older than 72 hours, says nothing, or is one more call of the same few minutes, is not taken. A text is taken up
 * to `MAX_MESSAGE_LENGTH`.
 */
export function createTakeMessage(parts: TakeMessageParts): TakeMessage {
  const { now, log } = parts;
  const hear = createHear(parts);
  const calls = createRecentCalls(now);
  return async (message, receive) => {
    const { body, names, sentAt } = message;
    if (now().getTime() - sentAt.getTime() > OLDEST_MS) {
      log.info({ kind: body.kind }, 'whatsapp message too old to be answered');
      return;
    }
    if (body.kind === 'call' && calls.has(names)) return;
    const content = await contentOf(body, hear, parts);
    if (content === undefined) return;
    await receive(inboundOf(message, content));
    // Only now: a call that could not be kept comes again.
    if (body.kind === 'call') calls.add(names);
  };
}

/** Undefined when it says nothing at all. */
async function contentOf(
  body: MessageBody,
  hear: Hear,
  parts: TakeMessageParts,
): Promise<Content | undefined> {
  switch (body.kind) {
    case 'text':
      return unlessEmpty({ form: 'text', text: readableText(body.text) });
    case 'reaction':
      // Without an emoji, one is taken back.
      return unlessEmpty({ form: 'reaction', text: body.emoji.trim() });
    case 'voice':
      return { form: 'voice', text: await hear(body) };
    case 'picture':
    case 'document':
      return { form: body.kind, text: readableText(body.caption) };
    case 'location':
      return { form: 'location', text: await placeIdOf(body, parts) };
    default:
      return { form: body.kind, text: '' };
  }
}

function unlessEmpty(content: Content): Content | undefined {
  return content.text === '' ? undefined : content;
}

/** The coordinates go no further than this. */
async function placeIdOf(
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
  { places, log }: TakeMessageParts,
): Promise<string> {
  try {
    return (await places.locate(latitude, longitude))?.id ?? '';
  } catch (error) {
    log.error({ error: errorCode(error) }, 'location not looked up');
    return '';
  }
}

function inboundOf({ id, chat, names, sentAt, quoted }: WhatsAppMessage, content: Content): InboundMessage {
  const words = quoted === undefined ? '' : readableText(quoted);
  return {
    channel: 'whatsapp',
    id,
    conversation: `whatsapp:${chat}` as ConversationId,
    names,
    audience: 'public',
    ...content,
    ...(words === '' ? {} : { quoted: words }),
    receivedAt: sentAt,
  };
}
