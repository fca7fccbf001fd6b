import type { Block } from '../answering/answer.ts';
import { fill } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import { noticeReply } from './first-notice.ts';
import { unreadLines } from './form-turns.ts';
import { encodeReply } from './reply-codec.ts';
import { keepLastAnswer } from './staff/last-answer.ts';
import { matterOf } from './talk-context.ts';
import type { Said, Turn, TurnParts } from './turn.ts';
import { waitedWords } from './waited.ts';

/**
 * Replies that the notice does not follow: after a danger it waits for the next turn, a greeting says the most of it
 * already, and whoever wants to be left alone gets none.
 */
const UNTIMELY: ReadonlySet<Reply['kind']> = new Set(['emergency', 'command', 'smalltalk']);

/** Longest part of what was understood of a voice note that is shown back, in UTF-16 units. */
const LONGEST_HEARD = 160;

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
  const context = {
    ...(turn.context ?? matterOf(undefined, reply.language)),
    ...(turn.sensitive ? { sensitive: true as const } : {}),
    last: encodeReply(reply),
  };
  if (UNTIMELY.has(reply.kind) || parts.notice === undefined) return { ...sent, context };
  return { ...sent, context, notice: noticeReply(parts.notice, reply.language, parts) };
}

function framed(reply: Reply, { message, language }: Said, { phrases, now }: TurnParts): Reply {
  const said = phrases[language];
  const waited = waitedWords(message.receivedAt, now(), said);
  const { heard } = message;
  const above = [
    ...(waited === undefined ? [] : [waited]),
    ...(heard === undefined ? [] : [fill(said.heard, { texto: shown(heard) })]),
  ].map(paragraph);
  const below = unreadLines(message, said).map(paragraph);
  // In danger what to do comes first.
  const blocks =
    reply.kind === 'emergency'
      ? [...reply.blocks, ...above, ...below]
      : [...above, ...reply.blocks, ...below];
  return { ...reply, blocks };

  function paragraph(text: string): Block {
    return language === 'es' ? { kind: 'paragraph', text } : { kind: 'paragraph', text, lang: language };
  }
}

function shown(heard: string): string {
  const line = heard.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_HEARD ? line : `${line.slice(0, LONGEST_HEARD - 1)}…`;
}
