import type { ChannelName, Reply } from '../channels/channel.ts';
import { renderPlain } from '../channels/render-plain.ts';
import { renderWhatsApp } from '../channels/render-whatsapp.ts';
import { renderMarkdown } from '../channels/teams/render-markdown.ts';
import { assertNever } from '../errors.ts';

/** The reply in the words and markup in which that channel's reader would see it, its messages a blank line apart. */
export function renderFor(channel: ChannelName, reply: Reply): string {
  switch (channel) {
    case 'web':
      return renderPlain(reply, { links: true });
    case 'whatsapp':
      return renderWhatsApp(reply).join('\n\n');
    case 'teams':
      return renderMarkdown(reply);
    default:
      return assertNever(channel);
  }
}
