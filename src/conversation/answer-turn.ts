import type { Reply } from '../channels/channel.ts';
import { menuTurn } from './choices.ts';
import { questionTurn } from './question-turn.ts';
import { decodeReply } from './reply-codec.ts';
import { shortenTurn } from './shorten-turn.ts';
import type { Said, Turn, TurnParts } from './turn.ts';

/** Answers a question; on WhatsApp whoever is told a second time that nothing was found is offered what people need most. */
export async function answerTurn(said: Said, parts: TurnParts): Promise<Turn> {
  const turn = await questionTurn(said, parts);
  const { message, before, language } = said;
  const isAgain = turn.reply?.kind === 'declined' && lastKind(before) === 'declined';
  if (message.channel !== 'whatsapp' || !isAgain) return shortenTurn(turn, said, parts);
  const { reply, context } = menuTurn(said, parts.phrases[language].declinedAgain, parts);
  return { ...turn, reply: reply && { ...reply, kind: 'declined' }, context };
}

function lastKind(before: Said['before']): Reply['kind'] | undefined {
  return before?.last === undefined ? undefined : decodeReply(before.last).kind;
}
