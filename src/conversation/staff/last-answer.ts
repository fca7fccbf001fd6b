import type { Reply } from '../../channels/channel.ts';
import { encodeReply } from '../reply-codec.ts';
import { matterOf } from '../talk-context.ts';
import type { Said, Turn } from '../turn.ts';

/**
 * Keeps the last answer in the context of a talk with staff on Teams, for whoever wants it as a file or as text; what
 * says nothing of its own leaves the one before it.
 */
export function keepLastAnswer(turn: Turn, reply: Reply, { message, before }: Said): Turn {
  if (message.channel !== 'teams' || message.audience !== 'staff' || turn.erasePerson) return turn;
  const last = reply.kind === 'answer' ? encodeReply(reply) : before?.last;
  if (last === undefined) return turn;
  const isSensitive = reply.kind === 'answer' ? turn.sensitive : before?.sensitive === true;
  return {
    ...turn,
    context: {
      ...(turn.context ?? matterOf(before, reply.language)),
      ...(isSensitive ? { sensitive: true as const } : {}),
      last,
    },
  };
}
