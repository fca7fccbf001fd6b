import type { ChannelName, Reply } from '../channels/channel.ts';
import { renderPlain } from '../channels/render-plain.ts';
import { renderMarkdown } from '../channels/teams/render-markdown.ts';
import { assertNever } from '../errors.ts';

/** The reply in the words and markup in which that channel's reader would see it. */
export function renderFor(channel: ChannelName, reply: Reply, publicUrl: string | undefined): string {
  switch (channel) {
    case 'web':
      return renderPlain(reply, { links: true });
    case 'whatsapp':
      // Many prepaid bundles open only WhatsApp, and a link without https alarms more than it helps.
      return renderPlain(reply, { links: publicUrl?.startsWith('https:') ?? false });
    case 'teams':
      return renderMarkdown(reply);
    default:
      return assertNever(channel);
  }
}
