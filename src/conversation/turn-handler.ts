import { phoneOf } from '../channels/phone-of.ts';
import { maskPersonalData } from '../safety/mask-personal-data.ts';
import type { ClaimedTurn, StoredMessage } from '../storage/inbox.ts';
import type { HandleMessage } from './handle-message.ts';
import { decodeContext, encodeContext } from './talk-context.ts';
import type { Turn } from './turn.ts';
import { gatherFragments, type TurnMessage } from './turn-message.ts';
import type { HandleTurn, TurnResult } from './turn-worker.ts';

/** Runs the story of a turn on what the inbox holds, and says what is to be kept of it. */
export function createTurnHandler(handleMessage: HandleMessage): HandleTurn {
  return async (turn) => {
    const done = await handleMessage(messageOf(turn), decodeContext(turn.context));
    const last = turn.messages.at(-1) ?? turn.messages[0];
    return {
      reply:
        done.reply === undefined ? undefined : { ...done.reply, inReplyTo: last.platformId, turn: turn.id },
      masked: turn.messages.map(kept),
      context: done.context === undefined ? undefined : encodeContext(done.context),
      sensitive: done.sensitive,
      erasePerson: done.erasePerson,
      ...following(done, turn),
      ...(done.stop === undefined ? {} : { stop: done.stop }),
    };
  };
}

/** Only what was written is kept: no voice, no caption, no place. */
function kept({ form, text }: StoredMessage): string | null {
  return form === 'text' ? maskPersonalData(text) : null;
}

function following({ notice }: Turn, { conversation }: ClaimedTurn): Pick<TurnResult, 'after'> {
  if (notice === undefined) return {};
  return { after: [{ kind: 'notice', reply: notice, onceKey: `notice ${conversation}` }] };
}

/** Guatemala's country code. */
const GUATEMALA = '502';

/** Fragments sent in a row are one question. */
function messageOf({ channel, audience, conversation, messages }: ClaimedTurn): TurnMessage {
  const [first] = messages;
  const phone = phoneOf(conversation);
  return {
    channel,
    audience,
    ...gatherFragments(messages),
    receivedAt: first.receivedAt,
    ...(first.asOf === undefined ? {} : { asOf: first.asOf }),
    ...(phone === undefined ? {} : { outsideGuatemala: !phone.startsWith(GUATEMALA) }),
  };
}
