import { igmContact } from '../answering/next-step.ts';
import { fill } from '../answering/phrases.ts';
import { assertNever } from '../errors.ts';
import { menuTurn } from './choices.ts';
import type { CommandWord } from './commands.ts';
import { askToErase, eraseAnswerTurn } from './erase-turns.ts';
import { noticeReply } from './first-notice.ts';
import { aboutTurn, personTurn, unclearTurn } from './help-turns.ts';
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
    case 'menu':
      return menuTurn(said, parts.phrases[said.language].pickAgain, parts, 'above');
    case 'about':
      return aboutTurn(said, parts);
    case 'person':
      return personTurn(said, parts);
    case 'unclear':
      return unclearTurn(said, parts);
    default:
      return assertNever(word);
  }
}

type Ordered = Exclude<CommandWord, 'yes' | 'no'>;
/** What may be commanded at any time. */
export const ORDERED: readonly Ordered[] = [
  ...(['erase', 'stop', 'resume', 'more', 'audio'] as const),
  ...(['menu', 'about', 'person', 'unclear'] as const),
];
/** Staff on Teams have an order of their own for help, and ask about persons and menus as they ask about anything. */
const ORDERED_IN_TEAMS = ORDERED.slice(0, 5);

function findWord({ message: { text, channel }, before }: Said, parts: TurnParts): Ordered | undefined {
  if (text.trim() === '+' || meansMore(text, before, parts)) return 'more';
  const among = channel === 'teams' ? ORDERED_IN_TEAMS : ORDERED;
  const found = parts.findCommand(text, among)?.word;
  return among.find((word) => word === found);
}

function meansMore(text: string, before: Said['before'], { readNumber, findCommand }: TurnParts): boolean {
  if (before === undefined || (before.pending ?? 'more') !== 'more') return false;
  // Who learnt that 1 gives more writes it again when nothing is left; a yes is one to what was offered.
  return readNumber(text) === 1 || (before.rest !== undefined && findCommand(text, ['yes']) !== undefined);
}

function settingTurn({ before, language }: Said, sentence: string): Turn {
  return quietTurn(sayReply('command', language, sentence), matterOf(before, language));
}

/** The next part of what was too long to send at once; of danger, where nothing is left, what to do once more. */
function moreTurn(said: Said, parts: TurnParts): Turn {
  const { before, language } = said;
  // What was about danger when the first of it was told is so still.
  const sensitive = before?.sensitive && { sensitive: before.sensitive };
  const context = { ...matterOf(before, language), pending: 'more', ...sensitive } as const;
  if (before?.rest !== undefined) {
    return shortenTurn(quietTurn(decodeReply(before.rest), context), said, parts);
  }
  const last = before?.last === undefined ? undefined : decodeReply(before.last);
  if (last?.kind === 'emergency') return quietTurn(last, context);
  return quietTurn(sayReply('smalltalk', language, parts.phrases[language].moreNone), context);
}

/** The last reply once more, to be heard; before any, the notice. What was waited for is waited for still. */
function audioTurn({ before, language }: Said, parts: TurnParts): Turn {
  const { phrases, knowledge, notice, findRecording } = parts;
  if (before?.last !== undefined) {
    const reply = decodeReply(before.last);
    const recording = findRecording?.({ kind: 'reply', reply });
    // Words alone are no help to whoever asked to hear them, unless they are about danger.
    if (recording !== undefined || parts.speaks === true || reply.kind === 'emergency') {
      return quietTurn({ ...reply, spoken: recording === undefined ? {} : { recording } }, before);
    }
  }
  // Recordings are in Spanish.
  const isUntold = before?.last === undefined && language === 'es';
  const recording = isUntold ? findRecording?.({ kind: 'notice' }) : undefined;
  if (notice !== undefined && recording !== undefined) {
    return quietTurn({ ...noticeReply(notice, language, parts), spoken: { recording } }, before);
  }
  const words = fill(phrases[language].audioNone, { contacto: igmContact(knowledge, language) });
  return quietTurn({ ...sayReply('smalltalk', language, words), spoken: {} }, before);
}
