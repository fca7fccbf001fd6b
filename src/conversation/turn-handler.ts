import type { InboundMessage } from '../channels/channel.ts';
import { maskPersonalData } from '../safety/mask-personal-data.ts';
import type { ClaimedTurn } from '../storage/inbox.ts';
import type { HandleMessage } from './handle-message.ts';
import { decodeContext, encodeContext } from './talk-context.ts';
import type { HandleTurn } from './turn-worker.ts';

/** Runs the story of a turn on what the inbox holds, and says what is to be kept of it. */
export function createTurnHandler(handleMessage: HandleMessage): HandleTurn {
  return async (turn) => {
    const done = await handleMessage(messageOf(turn), decodeContext(turn.context));
    const last = turn.messages.at(-1) ?? turn.messages[0];
    return {
      reply: { ...done.reply, inReplyTo: last.platformId },
      masked: turn.messages.map(({ text }) => maskPersonalData(text)),
      context: done.context === undefined ? undefined : encodeContext(done.context),
      sensitive: done.sensitive,
      erasePerson: done.erasePerson,
    };
  };
}

/** Fragments sent in a row are one question. */
function messageOf({ channel, conversation, audience, messages }: ClaimedTurn): InboundMessage {
  const [first] = messages;
  return {
    channel,
    id: first.platformId,
    conversation,
    audience,
    text: messages.map(({ text }) => text).join('\n'),
    receivedAt: first.receivedAt,
    ...(first.asOf === undefined ? {} : { asOf: first.asOf }),
  };
}
