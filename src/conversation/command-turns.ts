import { igmContact } from '../answering/next-step.ts';
import { fill } from '../answering/phrases.ts';
import { assertNever } from '../errors.ts';
import type { CommandWord } from './commands.ts';
import { askToErase, eraseAnswerTurn } from './erase-turns.ts';
import { noticeReply } from './first-notice.ts';
import { sayReply } from './replies.ts';
import { decodeReply } from './reply-codec.ts';
import { shortenTurn } from './shorten-turn.ts';
import { matterOf } from './talk-context.ts';
import { quietTurn, type Said, type Turn, type TurnParts } from './turn.ts';

/** Does what a message commands or answers, as a whole; undefined when it asks or says something. */
export function commandTurn(said: Said, parts: TurnParts): Turn | undefined {
  const word = findWord(said, parts);
  if (word === undefined) return eraseAnswerTurn(said, parts);
  switch (word) {
    case 'erase':
      return askToErase(said, parts);
    case 'stop':
      return { ...settingTurn(said, parts.phrases[said.language].stopped), stop: 'stop' };
    case 'resume':
      return { ...settingTurn(said, parts.phrases[said.language].resumed), stop: 'resume' };
    case 'more':
      return moreTurn(said, parts);
    case 'audio':
      return audioTurn(said, parts);
    default:
      return assertNever(word);
  }
}

type Ordered = Exclude<CommandWord, 'yes' | 'no'>;
/** What may be commanded at any time. */
export const ORDERED: readonly Ordered[] = ['erase', 'stop', 'resume', 'more', 'audio'];

function findWord({ message: { text }, before }: Said, parts: TurnParts): Ordered | undefined {
  // Who learnt that 1 gives more writes it again when nothing is left.
  const meansMore = before !== undefined && (before.pending ?? 'more') === 'more';
  const wantsMore = text.trim() === '+' || (meansMore && parts.readNumber(text) === 1);
  if (wantsMore) return 'more';
  const found = parts.findCommand(text, ORDERED)?.word;
  return ORDERED.find((word) => word === found);
}

function settingTurn({ before, language }: Said, sentence: string): Turn {
  return quietTurn(sayReply('command', language, sentence), matterOf(before, language));
}

/** The next part of what was too long to send at once. */
function moreTurn({ message, before, language }: Said, { phrases }: TurnParts): Turn {
  const matter = { ...matterOf(before, language), pending: 'more' } as const;
  if (before?.rest === undefined) {
    return quietTurn(sayReply('smalltalk', language, phrases[language].moreNone), matter);
  }
  // What was about danger when the first of it was told is so still.
  const context = { ...matter, ...(before.sensitive && { sensitive: before.sensitive }) };
  return shortenTurn(quietTurn(decodeReply(before.rest), context), message.channel);
}

/** The last reply once more, to be heard; before any, the notice. What was waited for is waited for still. */
function audioTurn({ before, language }: Said, parts: TurnParts): Turn {
  const { phrases, knowledge, notice, findRecording } = parts;
  if (before?.last !== undefined) {
    const reply = decodeReply(before.last);
    const recording = findRecording?.({ kind: 'reply', reply });
    return quietTurn({ ...reply, spoken: recording === undefined ? {} : { recording } }, before);
  }
  // Recordings are in Spanish.
  const recording = language === 'es' ? findRecording?.({ kind: 'notice' }) : undefined;
  if (notice !== undefined && recording !== undefined) {
    return quietTurn({ ...noticeReply(notice, language, parts), spoken: { recording } }, before);
  }
  const words = fill(phrases[language].audioNone, { contacto: igmContact(knowledge, language) });
  return quietTurn({ ...sayReply('smalltalk', language, words), spoken: {} }, before);
}
