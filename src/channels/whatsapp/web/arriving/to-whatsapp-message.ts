import type { SenderName } from '../../../channel.ts';
import type { Audio, MessageBody, WhatsAppMessage } from '../../message.ts';
import type { Heard } from '../door-run.ts';
import type { ChatMessage } from '../protocol.ts';

/** What a message the child tells comes to. @param download fetches its audio */
export function toWhatsAppMessage(
  message: ChatMessage,
  download: () => Promise<Audio | undefined>,
): WhatsAppMessage {
  const { id, chat, names, sentAt, quoted } = message;
  return {
    ...{ id, chat, names: toNames(names, chat), sentAt: new Date(sentAt) },
    body: toBody(message, download),
    ...(quoted === undefined ? {} : { quoted }),
  };
}

export function toReaction(reaction: Extract<Heard, { type: 'reaction' }>): WhatsAppMessage {
  const { id, chat, names, sentAt, emoji, to } = reaction;
  return {
    ...{ id, chat, names: toNames(names, chat), sentAt: new Date(sentAt) },
    body: { kind: 'reaction', emoji, to },
  };
}

function toBody(message: ChatMessage, download: () => Promise<Audio | undefined>): MessageBody {
  const { kind, text, seconds, latitude, longitude } = message;
  switch (kind) {
    case 'text':
      return { kind, text };
    case 'voice':
      return { kind, seconds, download };
    case 'picture':
    case 'document':
      return { kind, caption: text };
    case 'location':
      return latitude === undefined || longitude === undefined
        ? { kind: 'unreadable' }
        : { kind, latitude, longitude };
    default:
      return { kind };
  }
}

function toNames(ids: readonly string[], chat: string): WhatsAppMessage['names'] {
  const [first = toName(chat), ...others] = ids.map(toName);
  return [first, ...others];
}

/** `50255550101@c.us`, `9001@lid`; of one device: `9001:3@lid`. */
function toName(id: string): SenderName {
  const [user = '', server = ''] = id.split('@');
  const value = user.replace(/:\d+$/, '');
  return { kind: server === 'lid' ? 'whatsapp-lid' : 'whatsapp-phone', value };
}
