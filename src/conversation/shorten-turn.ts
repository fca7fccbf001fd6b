import { condense } from './condense.ts';
import { frameLength } from './frame.ts';
import { encodeReply } from './reply-codec.ts';
import { matterOf } from './talk-context.ts';
import type { Said, Turn, TurnParts } from './turn.ts';

/** On WhatsApp a person gets the first of a long reply, and the rest is kept for whoever asks for more. */
export function shortenTurn(turn: Turn, said: Said, parts: TurnParts): Turn {
  const { reply, context } = turn;
  if (said.message.channel !== 'whatsapp' || reply === undefined) return turn;
  const { now, rest } = condense(reply, frameLength(said, parts));
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
