import type { Reply } from '../channels/channel.ts';
import { noticeReply } from './first-notice.ts';
import { framed } from './frame.ts';
import { encodeReply } from './reply-codec.ts';
import { keepLastAnswer } from './staff/last-answer.ts';
import { matterOf } from './talk-context.ts';
import type { Said, Turn, TurnParts } from './turn.ts';

/**
 * Replies that the notice does not follow: after a danger it waits for the next turn, a greeting says the most of it
 * already, and whoever wants to be left alone gets none.
 */
const UNTIMELY: ReadonlySet<Reply['kind']> = new Set(['emergency', 'command', 'smalltalk']);

/**
 * Makes a turn ready to leave: around the reply stands which message it answers, what was heard and what could not be
 * read; on WhatsApp the notice of the first contact may follow, and the reply is remembered, to be heard on "audio".
 */
export function sendOff(draft: Turn, said: Said, parts: TurnParts): Turn {
  const turn = { ...draft, sensitive: draft.sensitive || draft.context?.sensitive === true };
  const { reply } = turn;
  if (reply === undefined) return turn;
  const sent = { ...turn, reply: framed(reply, said, parts) };
  if (said.message.channel !== 'whatsapp') return keepLastAnswer(sent, reply, said);
  if (reply.spoken !== undefined || turn.erasePerson) return sent;
  // A courtesy says nothing worth hearing again.
  const told = reply.kind === 'smalltalk' && said.before?.last !== undefined ? said.before : undefined;
  const context = {
    ...(turn.context ?? matterOf(undefined, reply.language)),
    ...(turn.sensitive || told?.sensitive ? { sensitive: true as const } : {}),
    last: told?.last ?? encodeReply(reply),
  };
  if (UNTIMELY.has(reply.kind) || parts.notice === undefined) return { ...sent, context };
  return { ...sent, context, notice: noticeReply(parts.notice, reply.language, parts) };
}
