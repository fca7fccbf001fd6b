import { emergencyWords, igmContact, igmPhone } from '../answering/next-step.ts';
import { fill } from '../answering/phrases.ts';
import { noticeReply } from './first-notice.ts';
import { sayReply } from './replies.ts';
import { matterOf } from './talk-context.ts';
import { quietTurn, type Said, type Turn, type TurnParts } from './turn.ts';

/** Says what this is, what it costs, and what it keeps. */
export function aboutTurn({ before, language }: Said, parts: TurnParts): Turn {
  const reply =
    parts.notice === undefined
      ? sayReply('smalltalk', language, parts.phrases[language].greeting)
      : noticeReply(parts.notice, language, parts);
  return quietTurn(reply, before);
}

/** Says how to reach a person, and whom to ring in danger. */
export function personTurn({ before, language }: Said, { phrases, knowledge }: TurnParts): Turn {
  const said = phrases[language];
  const emergency = emergencyWords(knowledge, said);
  const words = fill(said.toPerson, { contacto: igmContact(knowledge, language) });
  const reply = sayReply('handoff', language, words, ...(emergency === undefined ? [] : [emergency]));
  return quietTurn(reply, matterOf(before, language));
}

/** Says how to go on to whoever did not understand; what was told and waited for stays. */
export function unclearTurn({ before, language }: Said, { phrases, knowledge }: TurnParts): Turn {
  const contacto = igmPhone(knowledge) ?? 'IGM';
  return quietTurn(sayReply('smalltalk', language, fill(phrases[language].unclear, { contacto })), before);
}
