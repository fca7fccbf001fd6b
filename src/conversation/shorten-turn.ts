import type { ChannelName } from '../channels/channel.ts';
import { condense } from './condense.ts';
import { encodeReply } from './reply-codec.ts';
import { matterOf } from './talk-context.ts';
import type { Turn } from './turn.ts';

/** On WhatsApp a person gets the first of a long reply, and the rest is kept for whoever asks for more. */
export function shortenTurn(turn: Turn, channel: ChannelName): Turn {
  const { reply, context } = turn;
  if (channel !== 'whatsapp' || reply === undefined) return turn;
  const { now, rest } = condense(reply);
  if (rest === undefined) return { ...turn, reply: now };
  return {
    ...turn,
    reply: now,
    context: {
      pending: 'more',
      ...(context ?? matterOf(undefined, reply.language)),
      rest: encodeReply(rest),
    },
  };
}
